package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import io.clusterdeck.views.ask.AskModel;
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
    record Desk(SampleDeck deck, ShellModel model, ShellView view, Scene scene) {}

    static Desk desk(Theme theme, String language, int width, int height, double scale) {
        var look = Stagehand.look(theme, language);
        var deck = new SampleDeck();
        deck.add(Samples.orders(), Samples.healthy());
        deck.add(Samples.spec("sessions", false, 3), Samples.sessions());
        deck.add(Samples.spec("staging", false, 0), Samples.unseen("staging"));
        var desk = Stagehand.onFx(() -> {
            look.themes().scaleProperty().set(scale);
            var model = new ShellModel(deck);
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
        Stagehand.fx(() -> {
            desk.scene().getRoot().applyCss(); // a scroll pane has no children before
            act.accept(desk);
        });
        Stagehand.settle();
        for (int i = 0;
                i < 3;
                i++) { // what folds when it learns its width needs a second layout, as a window's pulses give it
            Stagehand.fx(() -> Stagehand.flaws(desk.scene()));
            Stagehand.settle();
        }
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

    @ParameterizedTest
    @CsvSource({"1024,700,1,en", "1440,900,2,en", "1024,700,1,zh", "1440,900,2,zh", "1024,700,2,en"})
    void everySize(int width, int height, double scale, String language) throws IOException {
        var pages = new Page[] {
            new Page.Doors(),
            new Page.Cluster("orders-prod"),
            new Page.Runs(),
            new Page.Adopt(),
            new Page.Audit(),
            new Page.Settings(),
            new Page.Rescue("orders-prod")
        };
        for (var page : pages) {
            var name = page.getClass().getSimpleName().toLowerCase(Locale.ROOT);
            picture(
                    "size-%s-%dx%d-%d-%s".formatted(name, width, height, Math.round(scale * 100), language),
                    desk(Theme.LIGHT, language, width, height, scale),
                    d -> d.model().pageProperty().set(page));
        }
    }
}
