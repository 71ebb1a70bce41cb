package io.clusterdeck.views.cables;

import io.clusterdeck.redis.hosts.Cable;
import io.clusterdeck.redis.hosts.Cable.Port;
import io.clusterdeck.redis.hosts.Cables;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Sideways;
import io.clusterdeck.views.parts.Wrapped;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.geometry.HPos;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A row for each host, a column for each: from the one to the client port and to the bus port of the other, with the round trip. */
public final class CablesView extends ScrollPane {
    /** Above this many hosts those are drawn whose ways are in trouble; of troubles as many are told. */
    private static final int MANY = 40;

    /** Above this many hosts a cell holds its two shapes only. */
    private static final int ROOMY = 8;

    private final Look look;
    private final CablesModel model;
    private final Label title = new Label();
    private final Label when = new Label();
    private final VBox troubles = new VBox(8);
    private final GridPane grid = new GridPane();
    private final Label others = new Wrapped("", "muted", "small");
    private List<?> laid = List.of();
    private final Button again;

    public CablesView(Look look, Live live) {
        this.look = look;
        this.model = new CablesModel(live);
        setId("cables");
        getStyleClass().addAll("page-scroll", "plain-scroll");
        setFitToWidth(true);
        title.getStyleClass().add("h2");
        when.getStyleClass().addAll("small", "muted");
        grid.getStyleClass().add("cables");
        others.setId("cables-others");
        again = look.button("hosts.cables.again", model::look);
        again.disableProperty().bind(model.busyProperty());
        title.setWrapText(true);
        var head = new Bar(List.of(title), List.of(when, again));
        var legend = new FlowPane(
                18,
                6,
                legend(Glyph.Kind.OK, "hosts.cables.legend.open"),
                legend(Glyph.Kind.NOTE, "hosts.cables.legend.down"),
                legend(Glyph.Kind.GONE, "hosts.cables.legend.filtered"),
                legend(Glyph.Kind.BAD, "hosts.cables.legend.refused"),
                legend(Glyph.Kind.WARN, "hosts.cables.legend.says"),
                legend(Glyph.Kind.UNKNOWN, "hosts.cables.legend.unknown"));
        var how = look.label("hosts.cables.how", "muted", "small");
        how.setWrapText(true);
        var several = Bindings.createBooleanBinding(
                () -> model.cablesProperty()
                        .get()
                        .filter(c -> c.hosts().size() < 2)
                        .isEmpty(),
                model.cablesProperty());
        for (var part : List.of(legend, how)) {
            part.visibleProperty().bind(several);
            part.managedProperty().bind(several);
        }
        var page = new VBox(16, head, troubles, new Sideways(grid), others, legend, how);
        page.getStyleClass().add("page");
        setContent(page);
        model.cablesProperty().subscribe(c -> paint());
        model.failureProperty().subscribe(f -> paint());
        model.busyProperty().subscribe(b -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
        model.look();
    }

    public CablesModel model() {
        return model;
    }

    private HBox legend(Glyph.Kind kind, String key) {
        var box = new HBox(6, new Glyph(kind), look.label(key, "small", "muted"));
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private void paint() {
        var words = look.tongue().words();
        var found = model.cablesProperty().get();
        var failure = model.failureProperty().get();
        troubles.getChildren().clear();
        when.setText(
                model.busyProperty().get()
                        ? words.say("hosts.cables.looking")
                        : found.map(c -> words.say("hosts.looked", "t", Figures.clock(c.at())))
                                .orElse(""));
        if (failure.isPresent()) {
            title.setText(words.say(failure.get().what()));
            troubles.getChildren()
                    .add(row(Glyph.Kind.GONE, words.say(failure.get().next())));
        } else if (found.isEmpty()) {
            title.setText(words.say("hosts.cables.first"));
        } else {
            var wrong = found.get().troubles();
            title.setText(
                    found.get().hosts().size() < 2
                            ? words.say("hosts.cables.one-host")
                            : wrong.isEmpty()
                                    ? words.say(
                                            "hosts.cables.well",
                                            "n",
                                            found.get().tried().size())
                                    : words.say("hosts.cables.wrong", "n", wrong.size()));
            wrong.stream()
                    .limit(MANY)
                    .forEach(t -> troubles.getChildren()
                            .add(row(t.key().endsWith("unseen") ? Glyph.Kind.UNKNOWN : Glyph.Kind.GONE, words.say(t))));
        }
        found.map(f -> f.troubles().size() - MANY)
                .filter(more -> more > 0)
                .ifPresent(more ->
                        troubles.getChildren().add(row(Glyph.Kind.GONE, words.say("hosts.cables.more", "n", more))));
        troubles.setVisible(!troubles.getChildren().isEmpty());
        troubles.setManaged(troubles.isVisible());
        var now = List.of(found, words.locale());
        if (!now.equals(laid)) {
            laid = now;
            grid.getChildren().clear();
            others.setText("");
            found.filter(c -> c.hosts().size() > 1).ifPresent(this::lay);
            others.setVisible(!others.getText().isEmpty());
            others.setManaged(others.isVisible());
        }
    }

    private static HBox row(Glyph.Kind kind, String text) {
        var glyph = new Glyph(kind);
        HBox.setMargin(glyph, new javafx.geometry.Insets(4, 0, 0, 0));
        var words = new Wrapped(text);
        HBox.setHgrow(words, Priority.ALWAYS);
        return new HBox(10, glyph, words);
    }

    private void lay(Cables cables) {
        var words = look.tongue().words();
        var hosts = cables.hosts();
        if (hosts.size() > MANY) {
            hosts = cables.troubled().stream().limit(MANY).toList();
            others.setText(
                    words.say("hosts.cables.others", "n", cables.hosts().size() - hosts.size(), "drawn", hosts.size()));
        }
        if (hosts.size() < 2) {
            return;
        }
        boolean roomy = hosts.size() <= ROOMY;
        var corner = new Label(words.say("hosts.cables.corner"));
        corner.getStyleClass().addAll("small", "muted");
        corner.setMinWidth(USE_PREF_SIZE);
        grid.add(corner, 0, 0);
        for (int i = 0; i < hosts.size(); i++) {
            var top = new Label(hosts.get(i).value());
            top.getStyleClass().addAll("mono", "cables-head");
            top.setMinWidth(USE_PREF_SIZE);
            GridPane.setHalignment(top, HPos.CENTER);
            grid.add(top, i + 1, 0);
            var side = new Label(hosts.get(i).value());
            side.getStyleClass().addAll("mono", "strong", "cables-side");
            side.setMinWidth(USE_PREF_SIZE);
            grid.add(side, 0, i + 1);
        }
        for (int from = 0; from < hosts.size(); from++) {
            for (int to = 0; to < hosts.size(); to++) {
                grid.add(cell(cables, hosts.get(from), hosts.get(to), roomy), to + 1, from + 1);
            }
        }
    }

    private Region cell(Cables cables, HostName from, HostName to, boolean roomy) {
        if (from.equals(to)) {
            var self = new Region();
            self.getStyleClass().addAll("cables-cell", "cables-self", roomy ? "cables-roomy" : "cables-tight");
            return self;
        }
        var heard = cables.heard(from, to);
        boolean says = heard.filter(h -> h.up() < h.of()).isPresent();
        var ports = roomy ? new VBox(3) : new HBox(5);
        for (var port : Port.values()) {
            ports.getChildren().add(port(cables, from, to, port, roomy, says));
        }
        if (ports instanceof VBox box) {
            box.setAlignment(Pos.CENTER_LEFT);
        } else if (ports instanceof HBox box) {
            box.setAlignment(Pos.CENTER);
        }
        var style = cables.cell(from, to, Port.BUS).map(Cables.Cell::state).orElse(Cable.State.UNKNOWN);
        var client = cables.cell(from, to, Port.CLIENT).map(Cables.Cell::state).orElse(Cable.State.UNKNOWN);
        ports.getStyleClass().addAll("cables-cell", roomy ? "cables-roomy" : "cables-tight");
        if (closed(style) || closed(client)) {
            ports.getStyleClass().add("cables-closed");
        } else if (says) {
            ports.getStyleClass().add("cables-says");
        }
        var text = tip(cables, from, to);
        Tooltip.install(ports, new Tooltip(text));
        ports.setAccessibleText(text);
        return ports;
    }

    private static boolean closed(Cable.State state) {
        return state == Cable.State.FILTERED || state == Cable.State.REFUSED;
    }

    private HBox port(Cables cables, HostName from, HostName to, Port port, boolean roomy, boolean says) {
        var words = look.tongue().words();
        var cell = cables.cell(from, to, port);
        var state = cell.map(Cables.Cell::state).orElse(Cable.State.UNKNOWN);
        var glyph = new Glyph(
                switch (state) {
                    case OPEN -> port == Port.BUS && says ? Glyph.Kind.WARN : Glyph.Kind.OK;
                    case DOWN -> Glyph.Kind.NOTE;
                    case UNKNOWN -> Glyph.Kind.UNKNOWN;
                    case REFUSED -> Glyph.Kind.BAD;
                    case FILTERED -> Glyph.Kind.GONE;
                });
        if (!roomy) {
            var mark = new HBox(glyph);
            mark.setAlignment(Pos.CENTER);
            return mark;
        }
        var name = new Label(words.say("hosts.cables.short." + word(port)));
        name.getStyleClass().addAll("tiny", "muted");
        name.setMinWidth(44);
        var value = new Label(cell.filter(c -> c.micros().isPresent())
                .map(c -> "%.2f ms".formatted(c.micros().getAsLong() / 1000.0))
                .orElse(words.say("hosts.cables.state." + state.name().toLowerCase(Locale.ROOT))));
        value.getStyleClass().addAll("mono", "tiny", closed(state) ? "bad-text" : "label");
        value.setMinWidth(USE_PREF_SIZE);
        var line = new HBox(6, glyph, name, value);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }

    private static String word(Port port) {
        return port.name().toLowerCase(Locale.ROOT);
    }

    /** Every attempt of the cell, and what the nodes say. */
    private String tip(Cables cables, HostName from, HostName to) {
        var words = look.tongue().words();
        var lines = new StringBuilder(from + " → " + to);
        for (var port : Port.values()) {
            cables.cell(from, to, port)
                    .ifPresent(c -> lines.append('\n')
                            .append(c.all().stream()
                                    .map(one -> one.node().host() + ":" + port.of(one.node()) + " "
                                            + words.say("hosts.cables.state."
                                                    + one.state().name().toLowerCase(Locale.ROOT)))
                                    .collect(Collectors.joining("\n"))));
        }
        cables.heard(from, to)
                .ifPresent(h -> lines.append('\n').append(words.say("hosts.cables.says", "up", h.up(), "of", h.of())));
        return lines.toString();
    }
}
