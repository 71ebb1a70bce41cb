package io.clusterdeck.views.logs;

import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.fx.Saving;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.AlikeNodes;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Palette;
import io.clusterdeck.views.parts.Bar;
import io.clusterdeck.views.parts.Console;
import io.clusterdeck.views.parts.TabBar;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.collections.MapChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The logs of chosen nodes as one, by this computer's clock: filtered by level and text, paused, copied, saved. */
public final class MergedView extends VBox {
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final int ALL = 12;
    /** A node that writes no log file. */
    private static final String NO_LOG = "deck.no-log";
    /** Pixels of the nodes to choose from: three rows; of more they are scrolled, and the lines keep their room. */
    private static final double CHIPS = 86;

    /** From which level on lines are shown. */
    public enum Least {
        ALL,
        NOTICE,
        WARNING
    }

    private final Look look;
    private final Live live;
    private final MergedModel model;
    private final FlowPane chips = new FlowPane(6, 6);
    private final TextField filter = new TextField();
    private final TabBar<Least> least;
    private final FilteredList<LogEntry> shown;
    private final Console<LogEntry> console;
    private final Label state = new Label();
    private final Label empty = new Label();
    private final VBox troubles = new VBox(2);
    private final ToggleButton pause = new ToggleButton();
    private List<NodeId> order = List.of();
    private Set<NodeId> wanted = Set.of();

    public MergedView(Look look, Live live) {
        this.look = look;
        this.live = live;
        this.model = new MergedModel(live);
        setId("logs");
        getStyleClass().add("page");
        setSpacing(10);
        shown = new FilteredList<>(model.entries());
        console = new Console<>(shown, this::text, e -> e.level() == LogEntry.Level.WARNING);
        console.setId("logs-lines");
        console.setMinHeight(120);
        console.accessibleTextProperty().bind(look.tongue().text("views.tab.logs"));
        console.setPlaceholder(empty);
        empty.setId("logs-empty");
        empty.setWrapText(true);
        empty.getStyleClass().addAll("muted", "log-state");
        VBox.setVgrow(console, Priority.ALWAYS);
        least = new TabBar<>(look, "logs.least.", Least.values(), Least.ALL, "choices");
        filter.setId("logs-filter");
        filter.accessibleTextProperty().bind(filter.promptTextProperty());
        filter.promptTextProperty().bind(look.tongue().text("views.log.filter"));
        filter.setPrefWidth(220);
        pause.setId("logs-pause");
        pause.getStyleClass().setAll("button");
        pause.selectedProperty().bindBidirectional(model.pausedProperty());
        state.getStyleClass().addAll("small", "muted");
        state.setMinWidth(0);
        var bar = new Bar(
                List.of(filter, least),
                List.of(
                        pause,
                        look.button("views.log.end", console::follow),
                        look.button("views.copy", console::copy),
                        look.button("logs.save", this::save)));
        troubles.setId("logs-troubles");
        var choice = new ScrollPane(chips);
        choice.setFitToWidth(true);
        choice.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        choice.getStyleClass().add("plain-scroll");
        choice.setMaxHeight(CHIPS);
        choice.setMinHeight(USE_PREF_SIZE);
        choice.prefHeightProperty()
                .bind(Bindings.createDoubleBinding(() -> Math.min(CHIPS, chips.getHeight()), chips.heightProperty()));
        getChildren().addAll(choice, bar, troubles, console, state);
        filter.textProperty().subscribe(t -> sift());
        least.chosenProperty().subscribe(l -> sift());
        InvalidationListener counted = c -> count();
        shown.addListener(counted);
        model.openingProperty().subscribe(n -> count());
        model.waitingProperty().subscribe(n -> count());
        pause.selectedProperty().subscribe(p -> {
            pause.setText(look.tongue().say(p ? "logs.resume" : "logs.pause"));
            count();
        });
        model.troubles().addListener((MapChangeListener<Object, Object>) c -> {
            tell();
            count();
        });
        look.tongue().wordsProperty().subscribe(w -> {
            pause.setText(look.tongue().say(pause.isSelected() ? "logs.resume" : "logs.pause"));
            order = List.of();
            nodes();
            tell();
            count();
        });
        live.stateProperty().subscribe(s -> nodes());
        sceneProperty().subscribe(scene -> model.follow(scene == null ? Set.of() : wanted));
    }

    public MergedModel model() {
        return model;
    }

    /** All at first; of a large cluster the masters. */
    private void nodes() {
        var shards = live.shards();
        var ids = shards.stream()
                .flatMap(s -> Stream.concat(Stream.of(s.master()), s.replicas().stream()))
                .map(n -> n.id())
                .toList();
        if (ids.equals(order)) {
            return;
        }
        boolean first = order.isEmpty() && wanted.isEmpty();
        order = ids;
        if (first) {
            wanted = ids.size() <= ALL
                    ? Set.copyOf(ids)
                    : shards.stream().map(s -> s.master().id()).limit(ALL).collect(Collectors.toUnmodifiableSet());
        }
        chips.getChildren().setAll(ids.stream().map(this::chip).toList());
        if (getScene() != null) {
            model.follow(wanted);
        }
    }

    private ToggleButton chip(NodeId id) {
        var chip = new ToggleButton(live.name(id));
        chip.getStyleClass().setAll("log-chip", "mono");
        chip.setId("log-chip-" + live.name(id).replaceAll("\\W", "-"));
        var dot = new Region();
        dot.getStyleClass().addAll("legend-dot", "shard-" + (colour(id) + 1));
        chip.setGraphic(dot);
        chip.setSelected(wanted.contains(id));
        chip.setMinWidth(USE_PREF_SIZE);
        chip.setOnAction(e -> {
            var now = new HashSet<>(wanted);
            if (chip.isSelected()) {
                now.add(id);
            } else {
                now.remove(id);
            }
            wanted = Set.copyOf(now);
            model.follow(wanted);
        });
        return chip;
    }

    private int colour(NodeId id) {
        return Math.floorMod(live.state().node(id).map(live::shardOf).orElse(0), Palette.SHARDS);
    }

    private String text(LogEntry e) {
        var at = e.at().toEpochMilli() == 0 ? " ".repeat(18) : CLOCK.format(e.at().atZone(ZoneId.systemDefault()));
        var mark = switch (e.level()) {
            case DEBUG -> '.';
            case VERBOSE -> '-';
            case NOTICE -> '*';
            case WARNING -> '#';
        };
        return at + "  " + live.name(e.node()) + "  " + mark + " " + e.text();
    }

    private void sift() {
        var text = filter.getText().toLowerCase(Locale.ROOT);
        int from = switch (least.chosenProperty().get()) {
            case ALL -> 0;
            case NOTICE -> LogEntry.Level.NOTICE.ordinal();
            case WARNING -> LogEntry.Level.WARNING.ordinal();
        };
        shown.setPredicate(e ->
                e.level().ordinal() >= from && text(e).toLowerCase(Locale.ROOT).contains(text));
        count();
    }

    private void count() {
        boolean reads = model.openingProperty().get() > 0;
        var none = model.troubles().values().stream().anyMatch(t -> t.key().equals(NO_LOG))
                ? "logs.none.no-log"
                : "logs.none";
        empty.setText(look.tongue().say(reads ? "logs.reading" : model.entries().isEmpty() ? none : "logs.sifted"));
        state.setText(look.tongue()
                .say(
                        pause.isSelected() ? "logs.state.paused" : "logs.state",
                        "shown",
                        shown.size(),
                        "of",
                        model.entries().size(),
                        "waiting",
                        model.waitingProperty().get()));
    }

    private void tell() {
        troubles.getChildren()
                .setAll(AlikeNodes.of(model.troubles().entrySet().stream(), order, live::name).stream()
                        .map(say -> {
                            var label = new Label(look.tongue().say(say));
                            label.getStyleClass().addAll("small", "warn-text");
                            label.setWrapText(true);
                            return label;
                        })
                        .toList());
        troubles.setVisible(!troubles.getChildren().isEmpty());
        troubles.setManaged(troubles.isVisible());
    }

    private void save() {
        var chooser = new FileChooser();
        chooser.setInitialFileName(live.specProperty().get().name() + ".log");
        var file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            save(file.toPath());
        }
    }

    /** Writes what is shown. */
    void save(Path to) {
        var text = shown.stream().map(this::text).collect(Collectors.joining("\n", "", "\n"));
        Work.begin(
                "save log",
                () -> Saving.write(to, text),
                done -> state.setText(look.tongue().say("logs.saved", "file", to)),
                failure -> state.setText(
                        look.tongue().say(failure.what()) + " " + look.tongue().say(failure.next())));
    }
}
