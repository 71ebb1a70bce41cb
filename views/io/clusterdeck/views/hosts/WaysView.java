package io.clusterdeck.views.hosts;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.hosts.WaysModel.Row;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Repaint;
import io.clusterdeck.views.parts.Wrapped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** The hosts of a kept cluster on one page: added, signed in to in another way, removed. */
public final class WaysView extends ScrollPane {
    private final Look look;
    private final Live live;
    private final WaysModel model;
    private final Consumer<HostName> onHost;
    private final Label title = new Label();
    private final VBox list = new VBox();
    private final VBox homeless = new VBox(6);
    private final VBox troubles = new VBox(2);
    private final Map<HostSpec, WayRow> rows = new HashMap<>();
    private List<?> told = List.of();

    /** @param onHost shows the page of a host */
    public WaysView(Look look, Live live, Consumer<HostName> onHost) {
        this.look = look;
        this.live = live;
        this.model = new WaysModel(live);
        this.onHost = onHost;
        setId("ways");
        getStyleClass().addAll("page-scroll", "plain-scroll");
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        title.getStyleClass().add("h1");
        var text = look.label("hosts.ways.text", "muted", "wrapped");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        list.setId("ways-list");
        homeless.setId("ways-homeless");
        troubles.getStyleClass().add("mistake");
        var known = new VBox(10, homeless, list);
        known.getStyleClass().add("card");
        var page = new VBox(title, text, add(), known);
        page.getStyleClass().add("page");
        page.setMaxWidth(980);
        setContent(page);
        var repaint = new Repaint(this, this::paint);
        live.stateProperty().subscribe(s -> repaint.ask());
        live.specProperty().subscribe(s -> repaint.ask());
        model.rowsProperty().subscribe(r -> repaint.ask());
        model.troublesProperty().subscribe(t -> tell());
        look.tongue().wordsProperty().subscribe(w -> {
            told = List.of();
            tell();
            repaint.ask();
        });
    }

    private VBox add() {
        var entry = field("entry", model.entry);
        HBox.setHgrow(entry, Priority.ALWAYS);
        var go = look.button("hosts.ways.go", model::add, "primary");
        go.setId("ways-go");
        go.setMinWidth(USE_PREF_SIZE);
        go.disableProperty().bind(model.entry.isEmpty());
        entry.setOnAction(e -> go.fire());
        var more = new GridPane(14, 10);
        var third = new ColumnConstraints();
        third.setPercentWidth(100 / 3.0);
        more.getColumnConstraints().setAll(third, third, third);
        more.addRow(0, named("user", model.user), named("key", model.key), named("through", model.through));
        var label = look.label("hosts.ways.add", "card-title");
        label.setLabelFor(entry);
        var card = new VBox(12, label, new HBox(8, entry, go), more, troubles);
        card.getStyleClass().add("card");
        return card;
    }

    private TextField field(String word, StringProperty value) {
        var field = new TextField();
        field.setId("ways-" + word);
        field.getStyleClass().add("mono");
        field.textProperty().bindBidirectional(value);
        field.promptTextProperty().bind(look.tongue().text("hosts.ways." + word + ".prompt"));
        field.accessibleTextProperty().bind(look.tongue().text("hosts.ways." + word));
        return field;
    }

    private VBox named(String word, StringProperty value) {
        var field = field(word, value);
        field.setOnAction(e -> model.add());
        var label = look.label("hosts.ways." + word, "small", "muted");
        label.setLabelFor(field);
        return new VBox(4, label, field);
    }

    private void tell() {
        var all = model.troublesProperty().get();
        troubles.getChildren()
                .setAll(all.stream().map(look.tongue()::say).map(Wrapped::new).toList());
        troubles.setVisible(!all.isEmpty());
        troubles.setManaged(!all.isEmpty());
    }

    private void paint() {
        model.refresh();
        title.setText(look.tongue()
                .say("hosts.ways.of", "cluster", live.specProperty().get().name()));
        var now = model.rowsProperty().get();
        var hosts = now.stream().map(Row::host).toList();
        rows.keySet().retainAll(hosts);
        var laid = hosts.stream()
                .map(h -> rows.computeIfAbsent(h, k -> new WayRow(look, model, k, () -> onHost.accept(k.name()))))
                .toList();
        if (!laid.equals(list.getChildren())) { // laid anew, a field would lose the focus
            list.getChildren().setAll(laid);
        }
        homeless(now, laid);
    }

    private void homeless(List<Row> now, List<WayRow> laid) {
        var without = model.homeless();
        var key = List.of(now, without.stream().map(Node::id).toList(), why(without));
        if (key.equals(told)) {
            return;
        }
        told = key;
        for (int i = 0; i < now.size(); i++) {
            laid.get(i).show(now.get(i));
        }
        var words = look.tongue();
        homeless.getChildren().clear();
        if (now.isEmpty()) {
            homeless.getChildren().add(row(Glyph.Kind.UNKNOWN, words.say("hosts.ways.none")));
        } else if (!without.isEmpty()) {
            var nodes = without.stream().map(n -> live.name(n.id())).toList();
            homeless.getChildren()
                    .add(row(Glyph.Kind.WARN, words.say("hosts.ways.homeless", "n", without.size(), "nodes", nodes)));
            why(without).forEach(w -> {
                var line = new Wrapped(words.say(w), "small", "muted");
                VBox.setMargin(line, new Insets(0, 0, 0, 20));
                homeless.getChildren().add(line);
            });
        } else if (!live.state().nodes().isEmpty()) {
            homeless.getChildren().add(row(Glyph.Kind.OK, words.say("hosts.ways.all")));
        }
    }

    /** Of many reasons, each once. */
    private List<Say> why(List<Node> without) {
        return without.stream()
                .flatMap(n -> live.cluster().unmatched(n).stream())
                .map(f -> f.what())
                .distinct()
                .limit(3)
                .toList();
    }

    private static HBox row(Glyph.Kind kind, String text) {
        var glyph = new Glyph(kind);
        HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
        return new HBox(10, glyph, new Wrapped(text));
    }
}
