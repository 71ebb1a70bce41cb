package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.Scaled;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of what belongs to the window itself; and every page at the smallest size and at twice the scale, without a text cut off. */
@Tag("window")
class DeskPicturesTest {
    private static final Path PICTURES = Path.of("target/pictures");

    /** A window on a made-up deck. */
    record Desk(SampleDeck deck, ShellModel model, ShellView view, Scene scene) {
        Live live() {
            return Objects.requireNonNull(model.open().get("orders-prod"));
        }

        /** A folded page learns its width in one layout and lays itself out in the next, as a window's pulses let it. */
        void turn(Consumer<Desk> to) {
            Stagehand.fx(() -> {
                scene.getRoot().applyCss(); // a scroll pane has no children before
                to.accept(this);
            });
            for (int i = 0; i < 3; i++) {
                Stagehand.settle();
                Stagehand.fx(() -> Stagehand.flaws(scene));
            }
        }
    }

    static Desk desk(Theme theme, String language, int width, int height, double scale) {
        var look = Stagehand.look(theme, language);
        var deck = new SampleDeck();
        deck.add(Samples.orders(), Samples.healthy());
        deck.add(Samples.spec("sessions", false, 3), Samples.sessions());
        deck.add(Samples.spec("staging", false, 0), Samples.unseen("staging"));
        var desk = Stagehand.onFx(() -> {
            look.themes().scaleProperty().set(scale);
            var model = new ShellModel(deck, deck.clusters());
            var view = new ShellView(look, model, new AskModel());
            view.tellVerdicts((title, why) -> {});
            var scene = new Scene(new Scaled(look, view), width, height);
            look.themes().dress(scene);
            return new Desk(deck, model, view, scene);
        });
        await().until(() -> Stagehand.onFx(() -> desk.model().open().size() == 3));
        Stagehand.fx(() -> {
            var live = desk.model().open().get("orders-prod");
            Samples.fill(live.history(), Samples.healthy());
            live.choose(Sample.id(9000));
        });
        return desk;
    }

    private static void picture(String name, Desk desk, Consumer<Desk> act) throws IOException {
        Stagehand.complaints();
        desk.turn(act);
        var flaws = Stagehand.onFx(() -> Stagehand.flaws(desk.scene()));
        Png.write(Stagehand.onFx(() -> desk.scene().snapshot(null)), PICTURES.resolve(name + ".png"));
        assertEquals("", String.join("\n", flaws), name);
        assertEquals("", String.join("\n", Stagehand.complaints()), name);
        Stagehand.fx(() -> desk.model().close());
    }

    private static void both(String name, Theme theme, String language, Consumer<Desk> act) throws IOException {
        picture(
                name + "-" + theme.name().toLowerCase(Locale.ROOT) + "-" + language,
                desk(theme, language, 1440, 900, 1),
                act);
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void palette(Theme theme, String language) throws IOException {
        both("find", theme, language, d -> {
            d.model().finder().open();
            ((TextField) d.scene().lookup("#find-field")).setText(language.equals("zh") ? "9001" : "rest 90");
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void shortcuts(Theme theme, String language) throws IOException {
        both("keys", theme, language, d -> d.model().keysProperty().set(true));
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void notices(Theme theme, String language) throws IOException {
        both("notices", theme, language, d -> {
            d.model()
                    .notices()
                    .tell(Notice.of(Glyph.Kind.DONE, Say.of("desk.forgotten", "cluster", "staging"))
                            .more(Say.of("desk.forgotten.why"))
                            .way("desk.undo", () -> {}));
            d.deck().show("orders-prod", Samples.masterDown());
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void settings(Theme theme, String language) throws IOException {
        both("settings", theme, language, d -> {
            d.model().pageProperty().set(new Page.Settings());
            d.scene().getRoot().applyCss();
            ((Button) d.scene().lookup("#desk-support-collect")).fire();
        });
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void audit(Theme theme, String language) throws IOException {
        both("audit", theme, language, d -> d.model().pageProperty().set(new Page.Audit()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void rescueCard(Theme theme, String language) throws IOException {
        both("rescue", theme, language, d -> d.model().pageProperty().set(new Page.Rescue("orders-prod")));
    }
}
