package io.clusterdeck.views.runs;

import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** Every run, newest first, and the chosen one: hosts × stages, live output, and how to stop or resume it. */
public final class RunsView extends BorderPane {
    private final Look look;
    private final RunsModel model;
    private final ListView<RunState> list = new ListView<>();
    private final StackPane page = new StackPane();
    private final Map<PlanId, RunPage> pages = new HashMap<>();
    private boolean filling;

    public RunsView(Look look, RunsModel model) {
        this.look = look;
        this.model = model;
        setId("runs");
        list.setId("runs-list");
        list.accessibleTextProperty().bind(look.tongue().text("views.nav.runs"));
        list.getStyleClass().add("runs-list");
        list.setPrefWidth(248);
        list.setMinWidth(248);
        list.setCellFactory(l -> new RunCell());
        setLeft(list);
        setCenter(page);
        list.getSelectionModel().selectedItemProperty().subscribe(run -> {
            if (run != null && !filling) {
                model.chosenProperty().set(Optional.of(run.plan().id()));
            }
        });
        model.allProperty().subscribe(this::fill);
        model.unreadProperty().subscribe(u -> fill(model.allProperty().get()));
        model.chosenProperty().subscribe(c -> fill(model.allProperty().get()));
        look.tongue().wordsProperty().subscribe(w -> {
            pages.clear();
            fill(model.allProperty().get());
        });
    }

    private void fill(List<RunState> all) {
        filling = true;
        list.getItems().setAll(all);
        boolean none = all.isEmpty();
        var unread = model.unreadProperty().get();
        setTop(none || unread.isEmpty() ? null : told(unread, "runs-unread"));
        list.setVisible(!none);
        list.setManaged(!none);
        var chosen = model.chosenProperty()
                .get()
                .flatMap(model::state)
                .or(() -> all.stream().findFirst());
        chosen.ifPresent(run -> {
            list.getItems().stream()
                    .filter(r -> r.plan().id().equals(run.plan().id()))
                    .findFirst()
                    .ifPresent(r -> list.getSelectionModel().select(r));
            var shown = pages.computeIfAbsent(run.plan().id(), id -> new RunPage(look, model, run));
            shown.show(run);
            if (!page.getChildren().contains(shown)) {
                page.getChildren().setAll(shown);
            }
        });
        if (chosen.isEmpty()) {
            page.getChildren().setAll(unread.isEmpty() ? nothing() : told(unread, "runs-none"));
        }
        filling = false;
    }

    private VBox nothing() {
        var hint = look.label("views.runs.none.why", "muted", "centered-text");
        hint.setWrapText(true);
        hint.setMaxWidth(420);
        var box = new VBox(8, look.label("views.runs.none", "h2"), hint);
        box.setAlignment(Pos.CENTER);
        return box;
    }

    /** Why the past is missing: it must not look as if nothing had been done. */
    private VBox told(List<Failure> unread, String id) {
        var words = look.tongue().words();
        var box = new VBox(4);
        unread.forEach(u -> box.getChildren()
                .addAll(new Wrapped(words.say(u.what()), "strong"), new Wrapped(words.say(u.next()), "muted")));
        box.setId(id);
        box.setPadding(new Insets(12, 16, 12, 16));
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private final class RunCell extends ListCell<RunState> {
        private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);
        private final Label title = new Label();
        private final Label when = new Label();
        private final HBox row;

        RunCell() {
            title.getStyleClass().add("strong");
            title.setMinWidth(0);
            when.getStyleClass().addAll("tiny", "muted");
            var text = new VBox(2, title, when);
            text.setMinWidth(0);
            HBox.setHgrow(text, Priority.ALWAYS);
            row = new HBox(10, glyph, text);
            row.setAlignment(Pos.CENTER_LEFT);
            row.setMinWidth(0);
            row.setPrefWidth(1);
        }

        @Override
        protected void updateItem(RunState run, boolean empty) {
            super.updateItem(run, empty);
            if (empty || run == null) {
                setGraphic(null);
                return;
            }
            glyph.show(RunPage.mark(run));
            title.setText(look.tongue().say(run.plan().title()));
            when.setText(day(run) + Figures.clock(run.began()) + "  "
                    + run.plan().on().name());
            setGraphic(row);
        }

        private String day(RunState run) {
            var day = run.began().atZone(ZoneId.systemDefault()).toLocalDate();
            return day.equals(LocalDate.now(ZoneId.systemDefault()))
                    ? ""
                    : day.format(DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM)
                                    .withLocale(look.tongue().words().locale()))
                            + " ";
        }
    }
}
