package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.clusterdeck.deck.Found;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of states that pass quickly or come seldom: searching, asked again, switched off, nothing kept yet. */
@Tag("window")
class StatesPicturesTest {

    private static void picture(String name, Theme theme, String language, Consumer<PicturesTest.Set> act)
            throws IOException {
        PicturesTest.picture(name, theme, language, Samples.healthy(), act);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void adoptionThatStillSearches(Theme theme, String language) throws IOException {
        picture("adopt-searching", theme, language, s -> {
            s.deck().searched = Found.NOTHING;
            s.model().pageProperty().set(new Page.Adopt());
            s.view().applyCss();
            s.view().layout();
            ((TextField) s.view().lookup("#adopt-address")).setText("211.67.19.174:9001");
            ((Button) s.view().lookup("#adopt-find")).fire();
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void adoptionOverTls(Theme theme, String language) throws IOException {
        picture("adopt-tls", theme, language, s -> {
            s.model().pageProperty().set(new Page.Adopt());
            s.view().applyCss();
            s.view().layout();
            ((TextField) s.view().lookup("#adopt-address")).setText("211.67.19.174:9001");
            ((ToggleButton) s.view().lookup("#adopt-more")).fire();
            ((TextField) s.view().lookup("#adopt-ca")).setText("~/pki/ca.crt");
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void aRunThatIsResumedAsksForTheNameAgain(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "runs-asked",
                theme,
                language,
                Samples.healthy(),
                s -> {
                    s.deck().ran(SamplePlans.failing(new Consent.Type(Say.of("sample.kill.question"), "orders-prod")));
                    s.model().pageProperty().set(new Page.Runs());
                },
                s -> asked(s, language.equals("zh") ? "继续" : "Resume"));
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void aNameThatIsTyped(Theme theme, String language) throws IOException {
        picture("act-typed", theme, language, s -> {
            s.live().act().offer(SamplePlans.killed());
            s.view().applyCss();
            s.view().layout();
            ((TextField) s.view().lookup("#consent-text")).setText("orders-prod");
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void everyActionIsOff(Theme theme, String language) throws IOException {
        picture(
                "read-only",
                theme,
                language,
                s -> s.live()
                        .keep(
                                s.live().specProperty().get().readOnly(true),
                                failed -> fail(failed.what().key())));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,zh", "DARK,en"})
    void nothingKeptYet(Theme theme, String language) throws IOException {
        picture("snapshots-none", theme, language, s -> s.model().pageProperty().set(new Page.Snapshots()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void nothingRunYet(Theme theme, String language) throws IOException {
        picture("runs-none", theme, language, s -> s.model().pageProperty().set(new Page.Runs()));
    }

    /** Whether the name is asked for; presses what asks for it as soon as that is there. */
    private static boolean asked(PicturesTest.Set set, String words) {
        Stagehand.flaws(set.scene());
        set.view().lookupAll(".button").stream()
                .filter(b -> b instanceof Labeled l && words.equals(l.getText()))
                .map(Button.class::cast)
                .findFirst()
                .ifPresent(Button::fire);
        return set.view().lookup("#consent-text") != null;
    }

    /** Whatever page is open, it tells what happens and how far it came, and leads there. */
    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void aFailoverGoesOn(Theme theme, String language) throws IOException {
        var running = ActedFailovers.running();
        PicturesTest.picture("topology-failover-running", theme, language, Samples.healthy(), s -> {
            s.deck().show("orders-prod", Samples.masterDown());
            var model = s.cluster().failovers();
            assertFalse(s.scene().lookup("#failover-running").isVisible());
            model.take(List.of(running, ActedFailovers.taken()), Optional.of(running.timeline()));
            var strip = s.scene().lookup("#failover-running");
            assertTrue(strip.isVisible());
            assertTrue(strip.getAccessibleText().contains("6 "), strip.getAccessibleText());
        });
    }

    /** The last stages take milliseconds: who looks elsewhere sees what came of it. */
    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void howAFailoverEndedStaysForAMoment(Theme theme, String language) throws IOException {
        var running = ActedFailovers.running();
        PicturesTest.picture("topology-failover-ended", theme, language, Samples.healthy(), s -> {
            var model = s.cluster().failovers();
            model.take(List.of(running), Optional.of(running.timeline()));
            var ended = ActedFailovers.ended(running);
            model.take(List.of(ended), Optional.empty());
            var strip = s.scene().lookup("#failover-running");
            assertTrue(strip.isVisible());
            assertTrue(strip.getAccessibleText().contains("8 "), strip.getAccessibleText());
            s.scene().getRoot().applyCss();
            ((Button) s.scene().lookup("#failover-running-show")).fire();
            assertFalse(strip.isVisible());
            assertEquals(Optional.of(ended), model.shownProperty().get());
            model.take(List.of(running), Optional.of(running.timeline()));
            model.take(List.of(ended), Optional.empty());
            s.cluster().tabs().chosenProperty().set(Tab.TOPOLOGY);
        });
    }

    /** All that is noted stands there, and who is not shown among those that suspect is counted. */
    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void theStripLeadsToTheTimeline(Theme theme, String language) throws IOException {
        var running = ActedFailovers.running();
        PicturesTest.picture("failover-running", theme, language, Samples.healthy(), s -> {
            s.deck().show("orders-prod", Samples.masterDown());
            var model = s.cluster().failovers();
            model.take(List.of(running), Optional.of(running.timeline()));
            s.scene().getRoot().applyCss();
            ((Button) s.scene().lookup("#failover-running-show")).fire();
            assertEquals(Tab.FAILOVER, s.cluster().tabs().chosenProperty().get());
            model.take(List.of(running), Optional.empty());
            assertFalse(s.scene().lookup("#failover-running").isVisible());
            model.take(List.of(running), Optional.of(running.timeline()));
        });
    }
}
