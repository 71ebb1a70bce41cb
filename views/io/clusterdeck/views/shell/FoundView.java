package io.clusterdeck.views.shell;

import io.clusterdeck.deck.Found;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What a search has found: each node with its process, or why that is not known; hosts that want another way to sign in. */
final class FoundView extends VBox {
    private final Look look;
    private final AdoptModel model;
    private final Glyph glyph = new Glyph(Glyph.Kind.BUSY);
    private final Label summary = new Label();
    private final VBox nodes = new VBox();
    private final VBox hosts = new VBox();
    private final HBox more;

    FoundView(Look look, AdoptModel model) {
        this.look = look;
        this.model = model;
        setId("adopt-found");
        getStyleClass().add("card");
        summary.getStyleClass().add("strong");
        summary.setId("adopt-summary");
        summary.setWrapText(true);
        var head = new HBox(10, glyph, summary);
        head.setAlignment(Pos.CENTER_LEFT);
        more = more();
        getChildren().addAll(head, hosts, nodes, more);
        model.foundProperty().subscribe(f -> paint());
        model.busyProperty().subscribe(b -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void paint() {
        var found = model.foundProperty().get();
        boolean busy = model.busyProperty().get();
        boolean there = busy || !found.nodes().isEmpty();
        setVisible(there);
        setManaged(there);
        glyph.show(found.whole() ? Glyph.Kind.DONE : busy ? Glyph.Kind.BUSY : Glyph.Kind.WARN);
        summary.setText(
                found.nodes().isEmpty()
                        ? look.tongue().say("adopt.searching")
                        : look.tongue()
                                .say(
                                        found.whole() ? "adopt.found.all" : "adopt.found",
                                        "n",
                                        found.nodes().size(),
                                        "matched",
                                        found.matched()));
        nodes.getChildren().clear();
        found.nodes().forEach(n -> nodes.getChildren().add(row(n)));
        boolean elsewhere = found.nodes().stream()
                .flatMap(n -> n.why().stream())
                .anyMatch(w -> w.what().key().equals("adopt.unmatched.no-host"));
        more.setVisible(elsewhere);
        more.setManaged(elsewhere);
        if (hosts.lookup(".text-field:focused") == null) {
            hosts.getChildren().clear();
            if (!found.nodes().isEmpty()) {
                found.hosts().stream()
                        .filter(h -> !h.in() && h.why().isPresent())
                        .forEach(h -> hosts.getChildren().add(host(h)));
            }
        }
    }

    private Node row(Found.One one) {
        var mark = new Glyph(
                one.site().isPresent() ? Glyph.Kind.OK : one.node().answers() ? Glyph.Kind.UNKNOWN : Glyph.Kind.GONE);
        HBox.setMargin(mark, new Insets(4, 0, 0, 0));
        var address = new Label(one.node().address().toString());
        address.getStyleClass().add("mono");
        address.setMinWidth(150);
        var role = look.label(one.node().isMaster() ? "adopt.master" : "adopt.replica", "muted");
        role.setMinWidth(64);
        var what = one.site().map(this::process).orElseGet(() -> why(one.why()));
        HBox.setHgrow(what, Priority.ALWAYS);
        var row = new HBox(10, mark, address, role, what);
        row.getStyleClass().add("found-row");
        return row;
    }

    private VBox process(NodeSite site) {
        var how = look.tongue()
                .say(
                        site.unit().isPresent() ? "adopt.process.unit" : "adopt.process",
                        "host",
                        site.host(),
                        "user",
                        site.user().orElse("?"),
                        "unit",
                        site.unit().orElse(""));
        return new VBox(
                2,
                new Wrapped(how),
                new Wrapped(
                        site.conf().value().isEmpty()
                                ? site.binary().value()
                                : site.conf().value(),
                        "mono",
                        "small",
                        "muted"));
    }

    private VBox why(Optional<Failure> why) {
        return why.map(f -> new VBox(
                        2,
                        new Wrapped(look.tongue().say(f.what())),
                        new Wrapped(look.tongue().say(f.next()), "small", "muted")))
                .orElseGet(VBox::new);
    }

    /** A host that could not be signed in to, and the little that may be missing. */
    private Node host(Found.Machine host) {
        var user = field("user", "adopt.host.user", host.host().user());
        var key = field("key", "adopt.host.key", null);
        HBox.setHgrow(key, Priority.ALWAYS);
        var go = look.button("adopt.host.go", () -> model.signIn(host.host(), user.getText(), key.getText()));
        go.setMinWidth(USE_PREF_SIZE);
        user.setOnAction(e -> go.fire());
        key.setOnAction(e -> go.fire());
        var box = new VBox(
                6,
                new Wrapped(look.tongue().say("adopt.host", "host", host.host().name()), "strong"),
                why(host.why()),
                new HBox(8, user, key, go));
        box.getStyleClass().add("mistake");
        VBox.setMargin(box, new Insets(0, 0, 10, 0));
        return box;
    }

    /** Nodes that run on none of the known hosts run on another one, whose address nobody told. */
    private HBox more() {
        var host = field("more", "adopt.host.more", null);
        host.getStyleClass().add("mono");
        HBox.setHgrow(host, Priority.ALWAYS);
        var go = look.button("adopt.host.look", () -> {
            model.lookOn(host.getText());
            host.clear();
        });
        go.setMinWidth(USE_PREF_SIZE);
        host.setOnAction(e -> go.fire());
        var row = new HBox(8, host, go);
        VBox.setMargin(row, new Insets(10, 0, 0, 0));
        return row;
    }

    private TextField field(String id, String prompt, @org.jspecify.annotations.Nullable String value) {
        var field = new TextField(value == null ? "" : value);
        field.setId("adopt-host-" + id);
        field.promptTextProperty().bind(look.tongue().text(prompt));
        field.accessibleTextProperty().bind(look.tongue().text(prompt));
        field.setPrefColumnCount(14);
        return field;
    }
}
