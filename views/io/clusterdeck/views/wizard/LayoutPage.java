package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.Arrangement;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.redis.build.HostCheck;
import io.clusterdeck.redis.build.Placement;
import io.clusterdeck.redis.build.Remark;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Chip;
import io.clusterdeck.views.parts.Columns;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.input.MouseDragEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** How many nodes there are, drawn on their hosts and moved there by hand, and what that gives, survives and needs. */
final class LayoutPage extends VBox {
    private final Look look;
    private final WizardModel model;
    private final LayoutModel layout;
    private final Chip verdict = new Chip();
    private final Columns hosts = new Columns(220, 16, 4);
    private final VBox said = new VBox(10);
    private final VBox facts = new VBox();
    private Optional<NodeName> focused = Optional.empty();

    LayoutPage(Look look, WizardModel model) {
        super(20);
        this.look = look;
        this.model = model;
        this.layout = model.layout;
        var ports = Field.text(look, model, "wizard.ports", layout.ports, "layout.ports", false);
        ports.setPrefWidth(150);
        var chip = new HBox(verdict);
        chip.setAlignment(Pos.BOTTOM_LEFT);
        chip.setPadding(new javafx.geometry.Insets(0, 0, 5, 0));
        var numbers = new FlowPane(28, 12);
        numbers.getChildren()
                .addAll(
                        spinner("wizard.masters", layout.masters, 3, 1000, "layout.masters"),
                        spinner("wizard.replicas", layout.replicas, 0, 5, "layout.replicas"),
                        ports,
                        chip);
        var how = look.label("wizard.layout.how", "muted", "wrapped");
        how.setWrapText(true);
        facts.getStyleClass().add("card");
        var why = look.label("wizard.layout.why", "small", "muted", "wrapped");
        why.setWrapText(true);
        why.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(new VBox(8, numbers, why), said, hosts, facts, how);
        model.problemsProperty().subscribe(p -> tell());
        layout.sketchProperty().subscribe(s -> paint());
        layout.refused.subscribe(r -> tell());
        layout.note.subscribe(n -> tell());
        model.conf.config.subscribe(c -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private Field spinner(String key, ObjectProperty<Integer> value, int from, int to, String field) {
        var values = new IntegerSpinnerValueFactory(from, to, value.get());
        var spinner = new Spinner<>(values);
        spinner.setId(key.replace('.', '-'));
        spinner.setEditable(true);
        spinner.setPrefWidth(96);
        values.valueProperty().addListener((p, was, now) -> {
            if (now != null) {
                value.set(now);
            }
        });
        value.subscribe(values::setValue);
        return new Field(look, model, key, spinner, false, field::equals);
    }

    private void paint() {
        var blueprint = layout.sketchProperty().get();
        var now = blueprint.map(Arrangement::of);
        boolean there = blueprint.isPresent() && now.isPresent();
        for (var part : List.of(hosts, facts, verdict)) {
            part.setVisible(there);
            part.setManaged(there);
        }
        if (there) {
            draw(blueprint.get(), now.get());
        }
        tell();
    }

    private void draw(Blueprint blueprint, Arrangement now) {
        var names = blueprint.hosts().stream().map(Blueprint.BuildHost::name).toList();
        hosts.getChildren().setAll(names.stream().map(h -> panel(h, now, names)).toList());
        focused.flatMap(n -> tiles().filter(t -> t.node.equals(n)).findFirst()).ifPresent(Node::requestFocus);
        focused = Optional.empty();
        var remarks = Placement.of(blueprint).remarks(blueprint);
        var worst = remarks.stream().anyMatch(r -> r.level() != Level.NOTE);
        boolean one = names.size() == 1;
        verdict.show(
                worst ? Glyph.Kind.WARN : one ? Glyph.Kind.NOTE : Glyph.Kind.OK,
                worst ? "warn" : one ? "none" : "ok",
                look.tongue().say(worst ? "wizard.layout.weak" : one ? "wizard.layout.one" : "wizard.layout.survives"));
        var columns = new Columns(200, 24, 3);
        columns.getChildren().addAll(gives(blueprint, now), survives(remarks), needs(blueprint, now));
        facts.getChildren().setAll(columns);
    }

    private Stream<NodeTile> tiles() {
        return hosts.getChildren().stream()
                .flatMap(p -> ((VBox) p).getChildren().stream())
                .filter(NodeTile.class::isInstance)
                .map(NodeTile.class::cast);
    }

    private VBox panel(HostName host, Arrangement now, List<HostName> all) {
        var name = new Label(host.value());
        name.getStyleClass().add("card-title");
        name.setMinWidth(USE_PREF_SIZE);
        var row = model.hosts.row(host);
        var address = new Label(row.map(r -> r.address.get())
                .filter(a -> !a.equals(host.value()))
                .orElse(""));
        address.getStyleClass().addAll("mono", "muted");
        address.setMinWidth(0);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var head = new HBox(8, name, gap, address);
        head.setAlignment(Pos.CENTER_LEFT);
        var panel = new VBox(9, head, system(row));
        panel.getStyleClass().add("wizard-panel");
        panel.setId("panel-" + host);
        for (var node : now.on(host)) {
            panel.getChildren().add(new NodeTile(look, layout, now, node, all, (by, insist) -> {
                int at = Math.floorMod(all.indexOf(host) + by, all.size());
                moved(node, all.get(at), insist);
            }));
        }
        panel.addEventHandler(
                MouseDragEvent.MOUSE_DRAG_ENTERED, e -> panel.pseudoClassStateChanged(NodeTile.OVER, true));
        panel.addEventHandler(
                MouseDragEvent.MOUSE_DRAG_EXITED, e -> panel.pseudoClassStateChanged(NodeTile.OVER, false));
        panel.addEventHandler(MouseDragEvent.MOUSE_DRAG_RELEASED, e -> {
            if (e.getGestureSource() instanceof NodeTile tile) {
                moved(tile.node, host, e.isAltDown());
            }
        });
        return panel;
    }

    /** The focus goes with the node: on with the arrows. */
    private void moved(NodeName node, HostName to, boolean insist) {
        var before = layout.arrangement();
        focused = Optional.of(node);
        if (before.isPresent() && before.get().move(node, to) instanceof Arrangement.Outcome outcome) {
            var then = outcome instanceof Arrangement.Outcome.Done done
                    ? Optional.of(done.now())
                    : insist && outcome instanceof Arrangement.Outcome.Refused no
                            ? no.insisted()
                            : Optional.<Arrangement>empty();
            focused = then.flatMap(a -> a.on(to).stream()
                            .filter(n -> !before.get().on(to).contains(n))
                            .findFirst())
                    .or(() -> Optional.of(node));
        }
        layout.move(node, to, insist);
    }

    private Label system(Optional<HostRow> row) {
        var checks = row.map(r -> r.checks(model.wanted())).orElse(List.of());
        var briefs = checks.stream()
                .filter(c -> c.kind() != HostCheck.Kind.REACHED
                        && c.kind() != HostCheck.Kind.CLOCK
                        && c.kind() != HostCheck.Kind.RIGHTS)
                .filter(c -> c.kind() != HostCheck.Kind.REDIS || c.state() == HostCheck.State.BAD)
                .map(c -> look.tongue()
                        .say(
                                "wizard.check." + HostCheck.word(c.kind()),
                                "is",
                                look.tongue().say(c.brief())))
                .toList();
        boolean bad = HostCheck.worst(checks) == HostCheck.State.BAD;
        var words = briefs.isEmpty()
                ? look.tongue().say("wizard.host.unseen")
                : look.tongue().words().list(briefs);
        return new Wrapped(words, "small", bad ? "bad-text" : "muted");
    }

    private VBox gives(Blueprint blueprint, Arrangement now) {
        int masters = now.shards().size();
        var most = model.conf.one("maxmemory");
        var words = look.tongue()
                .say(
                        "wizard.layout.gives",
                        "slots",
                        SlotRange.SLOTS,
                        "masters",
                        masters,
                        "each",
                        Math.round(SlotRange.SLOTS / (double) masters),
                        "nodes",
                        blueprint.layout().nodes());
        long limit = Memory.bytes(most);
        var memory = limit > 0
                ? look.tongue().say("wizard.layout.gives.memory", "n", limit * masters)
                : look.tongue().say("wizard.layout.gives.no-limit");
        return fact("wizard.layout.gives.title", words + (look.tongue().chinese() ? "" : " ") + memory);
    }

    private VBox survives(List<Remark> remarks) {
        var box = new VBox(6, look.label("wizard.layout.survives.title", "strong"));
        remarks.forEach(r -> box.getChildren()
                .add(new Wrapped(look.tongue().say(r.why()), r.level() == Level.NOTE ? "muted" : "warn-text")));
        return box;
    }

    private VBox needs(Blueprint blueprint, Arrangement now) {
        var ports = now.shards().stream()
                .flatMap(List::stream)
                .map(NodeName::port)
                .distinct()
                .sorted()
                .toList();
        var bus = ports.stream().map(p -> p + 10_000).toList();
        boolean one = blueprint.hosts().size() == 1;
        return fact(
                "wizard.layout.needs.title",
                look.tongue()
                        .say(
                                one ? "wizard.layout.needs.one" : "wizard.layout.needs",
                                "ports",
                                texts(ports),
                                "bus",
                                texts(bus)));
    }

    private static List<String> texts(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).toList();
    }

    private VBox fact(String title, String words) {
        return new VBox(6, look.label(title, "strong"), new Wrapped(words, "muted"));
    }

    private void tell() {
        said.getChildren().clear();
        if (model.hosts.rows.isEmpty()) {
            said.getChildren().add(new Wrapped(look.tongue().say("wizard.layout.no-hosts"), "muted"));
        }
        model.problemsProperty().get().stream()
                .filter(p -> p.field().equals("layout") || p.field().startsWith("placement"))
                .forEach(p -> said.getChildren()
                        .add(new Wrapped(
                                look.tongue().say(p.what()) + " "
                                        + look.tongue().say(p.next()),
                                "bad-text")));
        layout.refused.get().ifPresent(no -> {
            var text = new Wrapped(look.tongue().say(no.why()), "strong");
            HBox.setHgrow(text, Priority.ALWAYS);
            text.setMaxWidth(Double.MAX_VALUE);
            var glyph = new Glyph(Glyph.Kind.BAD);
            var row = new HBox(12, glyph, text);
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("trouble");
            if (no.insisted().isPresent()) {
                var insist = look.button("wizard.layout.insist", layout::insist, "danger-text");
                insist.setMinWidth(USE_PREF_SIZE);
                row.getChildren().add(insist);
            }
            var leave = look.button("wizard.layout.leave", () -> layout.refused.set(Optional.empty()));
            leave.setMinWidth(USE_PREF_SIZE);
            row.getChildren().add(leave);
            said.getChildren().add(row);
        });
        if (layout.placedByHand()) {
            var anew = look.button("wizard.layout.again", layout::placeAnew, "link");
            var row = new HBox(12, new Wrapped(look.tongue().say("wizard.layout.by-hand"), "small", "muted"), anew);
            row.setAlignment(Pos.CENTER_LEFT);
            said.getChildren().add(row);
        }
        layout.note
                .get()
                .ifPresent(n -> said.getChildren().add(new Wrapped(look.tongue().say(n), "small", "muted")));
        said.setVisible(!said.getChildren().isEmpty());
        said.setManaged(said.isVisible());
    }
}
