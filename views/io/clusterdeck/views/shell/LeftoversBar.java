package io.clusterdeck.views.shell;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Demo;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Offers what demos of a killed Clusterdeck left behind: to take it away, or to keep it. Nothing is shown where there is none. */
final class LeftoversBar extends VBox {
    private final Look look;
    private final Consumer<Failure> failed;

    LeftoversBar(Look look, Deck deck, Consumer<Failure> failed) {
        this.look = look;
        this.failed = failed;
        setId("leftovers");
        Work.begin("look for left demos", deck::leftoverDemos, all -> all.forEach(this::offer), failed);
    }

    private void offer(Demo demo) {
        var text = new Wrapped("");
        text.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> look.tongue().words().say("views.left", "name", demo.name(), "folder", demo.folder()),
                        look.tongue().wordsProperty()));
        HBox.setHgrow(text, Priority.ALWAYS);
        var row = new HBox(12, text);
        row.setAlignment(Pos.CENTER_LEFT);
        row.getStyleClass().add("notice");
        text.setMaxWidth(Double.MAX_VALUE);
        row.getChildren()
                .addAll(
                        look.button(
                                "views.left.remove",
                                () -> settle(row, "take " + demo.name() + " away", () -> {
                                    demo.stop(state -> {});
                                    return true;
                                }),
                                "primary"),
                        look.button(
                                "views.left.keep",
                                () -> settle(row, "keep " + demo.name(), () -> {
                                    demo.keep();
                                    return true;
                                })));
        row.getChildren().subList(1, 3).forEach(b -> ((javafx.scene.layout.Region) b).setMinWidth(USE_PREF_SIZE));
        getChildren().add(row);
    }

    private void settle(HBox row, String name, Callable<Boolean> work) {
        row.setDisable(true);
        Work.begin(name, work, done -> getChildren().remove(row), failure -> {
            row.setDisable(false);
            failed.accept(failure);
        });
    }
}
