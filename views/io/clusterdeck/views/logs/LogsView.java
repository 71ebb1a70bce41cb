package io.clusterdeck.views.logs;

import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Console;
import io.clusterdeck.views.parts.Wrapped;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.FilteredList;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** A node's log on a drawer over the lower part of the page: followed, filtered, copied. */
public final class LogsView extends BorderPane {
    private final Look look;
    private final Live live;
    private final LogsModel model;
    private final Label title = new Label();
    private final Label path = new Label();
    private final Label state = new Label();
    private final Wrapped ended = new Wrapped("", "small", "warn-text");
    private final TextField filter = new TextField();
    private final FilteredList<LogLine> shown;
    private final Console<LogLine> console;
    private final Button give;

    public LogsView(Look look, Live live, LogsModel model) {
        this.look = look;
        this.live = live;
        this.model = model;
        setId("log");
        getStyleClass().add("drawer");
        shown = new FilteredList<>(model.lines());
        console = new Console<>(shown, LogLine::text, l -> warning(l.text()));
        console.getStyleClass().add("bare");
        console.accessibleTextProperty().bind(title.textProperty());
        title.getStyleClass().add("card-title");
        title.setMinWidth(USE_PREF_SIZE);
        path.getStyleClass().addAll("mono", "muted");
        path.setMinWidth(0);
        state.getStyleClass().addAll("muted", "log-state");
        state.setWrapText(true);
        state.setMouseTransparent(true);
        filter.setId("log-filter");
        filter.promptTextProperty().bind(look.tongue().text("views.log.filter"));
        filter.setPrefWidth(180);
        filter.textProperty().subscribe(text -> {
            var wanted = text.toLowerCase(Locale.ROOT);
            shown.setPredicate(l -> l.text().toLowerCase(Locale.ROOT).contains(wanted));
        });
        var close = new Button();
        close.setId("log-close");
        close.getStyleClass().setAll("close");
        var cross = new Region();
        cross.getStyleClass().add("cross");
        close.setGraphic(cross);
        close.accessibleTextProperty().bind(look.tongue().text("views.close"));
        close.setOnAction(e -> model.close());
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var end = look.button("views.log.end", console::follow);
        var copy = look.button("views.copy", console::copy);
        end.setMinWidth(USE_PREF_SIZE);
        copy.setMinWidth(USE_PREF_SIZE);
        var head = new HBox(10, title, path, gap, filter, end, copy, close);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("drawer-head");
        ended.setId("log-ended");
        ended.setPadding(new Insets(6, 20, 2, 20));
        setTop(new VBox(head, ended));
        give = look.button("views.log.give", this::give);
        var why = new VBox(10, state, give);
        why.setAlignment(Pos.CENTER);
        why.setPickOnBounds(false);
        var body = new StackPane(console, why);
        VBox.setVgrow(body, Priority.ALWAYS);
        setCenter(body);
        model.stateProperty().subscribe(s -> paint());
        model.lines().addListener((ListChangeListener<LogLine>) c -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    /** Redis marks a warning by {@code #} between the time and the text. */
    static boolean warning(String line) {
        return line.matches("\\d+:[A-Z] [^#]*\\d # .*");
    }

    private void give() {
        model.nodeProperty().get().ifPresent(node -> live.wish(new Wish.GiveLog(node)));
    }

    private void paint() {
        var words = look.tongue().words();
        var open = !(model.stateProperty().get() instanceof LogsModel.State.Closed);
        setVisible(open);
        setManaged(open);
        title.setText(model.nodeProperty()
                .get()
                .map(id -> words.say("views.log.of", "node", live.name(id)))
                .orElse(""));
        path.setText(
                model.lines().isEmpty() ? "" : model.lines().getLast().file().value());
        var text = switch (model.stateProperty().get()) {
            case LogsModel.State.Closed c -> "";
            case LogsModel.State.Opening o -> words.say("views.log.opening");
            case LogsModel.State.Ended e -> "";
            case LogsModel.State.Interrupted i -> "";
            case LogsModel.State.Open o -> model.lines().isEmpty() ? words.say("views.log.empty") : "";
            case LogsModel.State.Failed f ->
                words.say(f.why().what()) + "\n" + words.say(f.why().next());
        };
        state.setText(text);
        state.setVisible(!text.isEmpty());
        ended.setText(
                switch (model.stateProperty().get()) {
                    case LogsModel.State.Ended e ->
                        words.say("views.log.ended", "why", e.why().what());
                    case LogsModel.State.Interrupted i ->
                        words.say("views.log.interrupted", "at", Figures.clock(i.since()));
                    default -> "";
                });
        ended.setVisible(!ended.getText().isEmpty());
        ended.setManaged(ended.isVisible());
        boolean none = model.stateProperty().get() instanceof LogsModel.State.Failed f
                && f.why().what().key().equals("deck.no-log");
        give.setVisible(none);
        give.setManaged(none);
        give.setDisable(live.readOnly());
    }
}
