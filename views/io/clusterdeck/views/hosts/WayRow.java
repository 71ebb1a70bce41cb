package io.clusterdeck.views.hosts;

import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.hosts.WaysModel.Access;
import io.clusterdeck.views.hosts.WaysModel.Row;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** A host of a cluster: whether it lets us in, or why not, and how one signs in there. */
final class WayRow extends VBox {
    private final Look look;
    private final WaysModel model;
    private final HostSpec host;
    private final Glyph glyph = new Glyph(Glyph.Kind.BUSY);
    private final Label state = new Label();
    private final Label line = new Label();
    private final VBox trouble = new VBox(2);
    private final Button remove;
    private final Button open;

    /** @param onOpen shows the host's page */
    WayRow(Look look, WaysModel model, HostSpec host, Runnable onOpen) {
        super(8);
        this.look = look;
        this.model = model;
        this.host = host;
        getStyleClass().add("found-row");
        setId(id(""));
        var name = new Label(host.name().value());
        name.getStyleClass().add("strong");
        name.setMinWidth(USE_PREF_SIZE);
        line.getStyleClass().addAll("mono", "small", "muted");
        line.setMinWidth(0);
        state.setMinWidth(0);
        open = look.button("hosts.ways.open", onOpen, "link");
        remove = look.button("hosts.ways.remove", () -> model.remove(host.name()), "link");
        var change = new ToggleButton();
        change.getStyleClass().setAll("link");
        change.setId(id("change-"));
        change.textProperty().bind(look.tongue().text("hosts.ways.change"));
        for (var button : List.of(open, remove, change)) {
            button.setMinWidth(USE_PREF_SIZE);
            button.accessibleTextProperty().bind(button.textProperty().concat(" " + host.name()));
        }
        change.setVisible(!host.local());
        change.setManaged(!host.local());
        var head = new Bar(List.of(glyph, name, line, state), List.of(open, change, remove));
        var fields = fields();
        fields.visibleProperty().bind(change.selectedProperty());
        fields.managedProperty().bind(change.selectedProperty());
        trouble.getStyleClass().add("mistake");
        VBox.setMargin(trouble, new Insets(0, 0, 0, 20));
        VBox.setMargin(fields, new Insets(0, 0, 4, 20));
        getChildren().addAll(head, trouble, fields);
    }

    HostSpec host() {
        return host;
    }

    void show(Row row) {
        var words = look.tongue();
        glyph.show(
                switch (row.access()) {
                    case LOOKING -> Glyph.Kind.BUSY;
                    case IN -> row.nodes() > 0 ? Glyph.Kind.OK : Glyph.Kind.NOTE;
                    case REFUSED -> Glyph.Kind.GONE;
                });
        line.setText(
                host.local()
                        ? words.say("hosts.ways.here")
                        : host.line().equals(host.name().value()) ? "" : host.line());
        state.setText(
                switch (row.access()) {
                    case LOOKING -> words.say("hosts.ways.looking");
                    case IN -> words.say(row.nodes() > 0 ? "hosts.ways.in" : "hosts.ways.in.none", "n", row.nodes());
                    case REFUSED -> "";
                });
        trouble.getChildren()
                .setAll(row.why().stream()
                        .flatMap(f -> java.util.stream.Stream.of(
                                new Wrapped(words.say(f.what())), new Wrapped(words.say(f.next()), "small", "muted")))
                        .toList());
        trouble.setVisible(row.why().isPresent());
        trouble.setManaged(row.why().isPresent());
        open.setVisible(row.access() == Access.IN);
        open.setManaged(open.isVisible());
        remove.setVisible(!row.needed());
        remove.setManaged(!row.needed());
    }

    private FlowPane fields() {
        var target = field("target", without(host), 210);
        var key = field("key", host.keys().isEmpty() ? "" : host.keys().getFirst(), 190);
        var through = field("through", host.jump() == null ? "" : host.jump(), 190);
        Runnable go = () -> model.change(host, target.getText(), key.getText(), through.getText());
        var button = look.button("hosts.ways.go", go);
        button.setId(id("go-"));
        button.disableProperty().bind(target.textProperty().isEmpty());
        for (var field : List.of(target, key, through)) {
            field.setOnAction(e -> button.fire());
        }
        var row = new FlowPane(12, 8);
        row.setRowValignment(javafx.geometry.VPos.BOTTOM);
        row.getChildren().addAll(named("target", target), named("key", key), named("through", through), button);
        return row;
    }

    /** A name has dots, an id none. */
    private String id(String part) {
        return "way-" + part + host.name().value().replaceAll("[^\\p{L}\\p{N}_]", "-");
    }

    private static String without(HostSpec host) {
        return new HostSpec(host.name(), host.address(), host.port(), host.user(), List.of(), null, true).line();
    }

    private TextField field(String word, String value, double width) {
        var field = new TextField(value);
        field.setId(id(word + "-"));
        field.getStyleClass().add("mono");
        field.setPrefWidth(width);
        return field;
    }

    private VBox named(String word, TextField field) {
        var label = look.label("hosts.ways." + word, "small", "muted");
        label.setLabelFor(field);
        field.accessibleTextProperty().bind(label.textProperty().concat(" " + host.name()));
        return new VBox(4, label, field);
    }
}
