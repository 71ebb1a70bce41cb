package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Chip;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Paragraphs;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** Whether something may be away now: yes or no, why, and the plan that makes it so. */
public final class SafeView extends VBox {
    private final Look look;
    private final Chip chip = new Chip();
    private final Paragraphs why = new Paragraphs(6, "evidence");
    private final Button make;

    /** @param onMake asked for the plan */
    public SafeView(Look look, Runnable onMake) {
        super(8);
        this.look = look;
        make = look.button("safety.view.make", onMake);
        make.setMinWidth(USE_PREF_SIZE);
        var gap = new Region();
        HBox.setHgrow(gap, javafx.scene.layout.Priority.ALWAYS);
        var head = new HBox(10, chip, gap, make);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, why);
        show(Optional.empty(), false);
    }

    /** @param may whether actions are on */
    public void show(Optional<Safety> safety, boolean may) {
        var words = look.tongue().words();
        var answer = safety.map(Safety::answer);
        chip.show(
                answer.map(a -> switch (a) {
                            case YES -> Glyph.Kind.DONE;
                            case NO -> Glyph.Kind.BAD;
                            case UNKNOWN -> Glyph.Kind.UNKNOWN;
                        })
                        .orElse(Glyph.Kind.UNKNOWN),
                answer.map(a -> switch (a) {
                            case YES -> "ok";
                            case NO -> "bad";
                            case UNKNOWN -> "none";
                        })
                        .orElse("none"),
                words.say("safety.view."
                        + answer.map(a -> a.name().toLowerCase(Locale.ROOT)).orElse("asking")));
        why.say(safety.stream().flatMap(s -> s.why().stream()).map(words::say).toList());
        boolean curable = may && safety.filter(Safety::curable).isPresent();
        make.setVisible(curable); // its room stays, so that nothing moves when the answer comes
    }
}
