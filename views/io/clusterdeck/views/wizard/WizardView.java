package io.clusterdeck.views.wizard;

import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Focus;
import io.clusterdeck.views.parts.Wrapped;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The wizard: its pages one at a time, where one stands at the top, the way on at the foot. */
public final class WizardView extends BorderPane {
    private static final PseudoClass WAITS = PseudoClass.getPseudoClass("waits");
    private static final KeyCombination NEXT = new KeyCodeCombination(KeyCode.ENTER, KeyCombination.SHORTCUT_DOWN);
    private static final KeyCombination BACK = new KeyCodeCombination(KeyCode.LEFT, KeyCombination.ALT_DOWN);
    private static final KeyCombination ON = new KeyCodeCombination(KeyCode.RIGHT, KeyCombination.ALT_DOWN);
    private static final KeyCombination SAVE = new KeyCodeCombination(KeyCode.S, KeyCombination.SHORTCUT_DOWN);

    private final Look look;
    private final WizardModel model;
    private final Map<Place, Function<WizardModel, Region>> makers = new EnumMap<>(Place.class);
    private final Map<Place, Region> pages = new EnumMap<>(Place.class);
    private final Label title = new Label();
    private final Label saved = new Label();
    private final Label missing = new Wrapped("", "small", "bad-text");
    /** Before the foot, as Tab goes. */
    private final StackPane middle = new StackPane();

    private final StepBar steps;
    private final Button save;
    private final Button back;
    private final Button next;

    /**
     * @param delete asks, and deletes the draft
     * @param openCluster told the name of a cluster that is to be shown
     */
    public WizardView(Look look, WizardModel model, Runnable delete, Consumer<String> openCluster) {
        this.look = look;
        this.model = model;
        setId("wizard");
        makers.put(Place.HOSTS, m -> new HostsPage(look, m));
        makers.put(Place.REDIS, m -> new RedisPage(look, m));
        makers.put(Place.LAYOUT, m -> new LayoutPage(look, m));
        makers.put(Place.CONFIGURATION, m -> new ConfPage(look, m));
        makers.put(Place.REVIEW, m -> new ReviewPage(look, m));
        makers.put(Place.BUILD, m -> new BuildPage(look, m, openCluster));
        title.getStyleClass().add("h1");
        title.setMinWidth(USE_PREF_SIZE);
        saved.getStyleClass().addAll("small", "muted");
        saved.setMinWidth(0);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var forget = look.button("wizard.delete", delete, "link");
        forget.setMinWidth(USE_PREF_SIZE);
        forget.visibleProperty().bind(saved.textProperty().isNotEmpty());
        var head = new HBox(14, title, saved, gap, forget);
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("wizard-head");
        steps = new StepBar(look, model);
        setTop(new VBox(head, steps));
        back = look.button("wizard.back", model::back);
        back.setMinWidth(USE_PREF_SIZE);
        next = new Button();
        next.setId("wizard-next");
        next.getStyleClass().add("primary");
        next.setMinWidth(USE_PREF_SIZE);
        next.setOnAction(e -> next());
        next.setTooltip(tip("wizard.next.tip"));
        back.setTooltip(tip("wizard.back.tip"));
        save = look.button("wizard.save", () -> saveBlueprint(look, model, this));
        save.setMinWidth(USE_PREF_SIZE);
        missing.setMaxWidth(Double.MAX_VALUE);
        missing.setAlignment(Pos.CENTER_RIGHT);
        missing.setId("wizard-missing");
        HBox.setHgrow(missing, Priority.ALWAYS);
        var foot = new HBox(8, save, missing, back, next);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().add("wizard-foot");
        setCenter(middle);
        setBottom(foot);
        model.placeProperty().subscribe(p -> turn());
        model.problemsProperty().subscribe(p -> paint());
        model.triedProperty().subscribe(t -> paint());
        model.review.stateProperty().subscribe(s -> paint());
        model.saved.subscribe(s -> paint());
        model.trouble.subscribe(t -> paint());
        model.built.runs().allProperty().subscribe(r -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
        // on its way down: a spinner would send what is pressed in it up here twice
        addEventFilter(KeyEvent.KEY_PRESSED, this::entered);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        sceneProperty().subscribe(s -> {
            if (s != null) {
                focusFirst();
            }
        });
    }

    private Tooltip tip(String key) {
        var tip = new Tooltip();
        tip.textProperty().bind(look.tongue().text(key));
        return tip;
    }

    private void entered(KeyEvent e) {
        if (NEXT.match(e)) {
            next();
            e.consume();
        }
    }

    private void key(KeyEvent e) {
        if (ON.match(e)) {
            next();
        } else if (BACK.match(e)) {
            model.back();
        } else if (SAVE.match(e)) {
            saveBlueprint(look, model, this);
        } else {
            return;
        }
        e.consume();
    }

    private void next() {
        if (model.placeProperty().get() == Place.BUILD) {
            return;
        }
        model.next();
        if (!model.problems(model.placeProperty().get()).isEmpty()) {
            wrong(page()).ifPresent(Node::requestFocus);
        }
    }

    /** Asks where, and writes the blueprint there. */
    static void saveBlueprint(Look look, WizardModel model, Node owner) {
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("wizard.save"));
        var name = model.name().get().strip();
        chooser.setInitialFileName((name.isEmpty() ? "cluster" : name) + ".yaml");
        var file = chooser.showSaveDialog(owner.getScene().getWindow());
        if (file != null) {
            model.save(file.toString(), model.text());
        }
    }

    private Region page() {
        return pages.computeIfAbsent(model.placeProperty().get(), p -> maker(p).apply(model));
    }

    private Function<WizardModel, Region> maker(Place place) {
        var maker = makers.get(place);
        if (maker == null) {
            throw new IllegalStateException(place.toString());
        }
        return maker;
    }

    private void turn() {
        var page = page();
        if (model.placeProperty().get() == Place.BUILD) {
            middle.getChildren().setAll(page);
        } else {
            var frame = new VBox(page);
            frame.getStyleClass().add("wizard-page");
            var scroll = new ScrollPane(frame);
            scroll.setFitToWidth(true);
            scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
            scroll.getStyleClass().add("plain-scroll");
            middle.getChildren().setAll(scroll);
        }
        paint();
        focusFirst();
    }

    /**
     * A page comes into the scene only when its frame is laid out for the first time. One that has nothing yet, such as a plan that is
     * made or a run that begins, must not leave the focus to whatever comes next: that would be a door out, or what deletes the draft.
     */
    private void focusFirst() {
        var first = Focus.first(page())
                .or(() -> steps.word(model.placeProperty().get()))
                .orElse(save);
        if (first.getScene() != null) {
            first.requestFocus();
        } else {
            first.sceneProperty().addListener(new ChangeListener<Scene>() {
                @Override
                public void changed(ObservableValue<? extends Scene> p, Scene was, Scene now) {
                    first.sceneProperty().removeListener(this);
                    first.requestFocus();
                }
            });
        }
    }

    /** The first field that is wrong. */
    private static java.util.Optional<Node> wrong(Node page) {
        return page.lookupAll(".wrong").stream()
                .filter(Node::isFocusTraversable)
                .findFirst();
    }

    private void paint() {
        var words = look.tongue();
        var place = model.placeProperty().get();
        var name = model.name().get().strip();
        title.setText(name.isEmpty() ? words.say("wizard.title.new") : words.say("wizard.title", "name", name));
        saved.setText(
                model.built.proven()
                        ? ""
                        : model.saved
                                .get()
                                .map(at -> words.say("wizard.saved", "at", Figures.clock(at)))
                                .orElse(""));
        back.setVisible(place != Place.HOSTS && place != Place.BUILD || place == Place.BUILD && ended());
        next.setVisible(place != Place.BUILD);
        next.setManaged(next.isVisible());
        next.setText(words.say(
                place == Place.REVIEW
                        ? "wizard.go"
                        : "wizard.place." + place.next().word()));
        next.setAccessibleText(words.say("wizard.next.to", "page", next.getText()));
        next.setDisable(place == Place.REVIEW && model.review.unasked().isEmpty());
        missing.pseudoClassStateChanged(
                WAITS, model.review.stateProperty().get() instanceof ReviewModel.Review.Planning);
        missing.setText(model.trouble
                .get()
                .map(f -> words.say(f.what()) + " " + words.say(f.next()))
                .orElseGet(() -> lacking(place)));
    }

    private boolean ended() {
        return model.built.state().flatMap(r -> r.ended()).isPresent() && !model.built.proven();
    }

    /** Why it does not go on from here; on the last page that is so before anybody asks. */
    private String lacking(Place place) {
        var words = look.tongue();
        if (place == Place.REVIEW) {
            return switch (model.review.stateProperty().get()) {
                case ReviewModel.Review.None n -> words.say("wizard.review.none.why");
                case ReviewModel.Review.Planning p -> words.say("wizard.review.planning.wait");
                case ReviewModel.Review.Failed f -> words.say("wizard.review.failed.why");
                case ReviewModel.Review.Planned p ->
                    !p.plan().bad().isEmpty()
                            ? words.say("wizard.review.bad.why")
                            : model.review.unasked().isEmpty() ? words.say("wizard.review.agree.why") : "";
            };
        }
        var here = model.problems(place);
        if (here.isEmpty() || !model.triedProperty().get().contains(place)) {
            return "";
        }
        return here.size() == 1
                ? words.say(here.getFirst().what())
                : words.say("wizard.missing", "first", here.getFirst().what(), "n", here.size() - 1);
    }
}
