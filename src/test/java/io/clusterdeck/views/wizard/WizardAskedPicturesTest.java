package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.SamplePlans;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.wizard.HostRow.Seen;
import io.clusterdeck.views.wizard.ReviewModel.Review;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of the wizard where it asks for more than a click, and where a host fails. */
@Tag("window")
class WizardAskedPicturesTest {

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void reviewOfAProductionCluster(Theme theme, String language) {
        WizardPicturesTest.picture("review-production", theme, language, s -> {
            s.deck().drafting.consent =
                    new Consent.Type(Say.of("nodes.consent.production", "cluster", "carts"), "carts");
            WizardPicturesTest.at(s, Place.REVIEW);
            await().until(() ->
                    Stagehand.onFx(() -> s.wizard().review.stateProperty().get() instanceof Review.Planned));
            Stagehand.settle();
            Stagehand.fx(() -> {
                Stagehand.flaws(s.scene());
                assertNotNull(s.scene().lookup("#consent-text"), "the name is asked for");
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,zh", "DARK,en"})
    void aHostThatFails(Theme theme, String language) {
        WizardPicturesTest.picture(
                "build-failed", theme, language, s -> WizardPicturesTest.build(s, SamplePlans.failing()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "LIGHT,zh"})
    void eachCheckTellsItsCure(Theme theme, String language) {
        WizardPicturesTest.picture("hosts-cures", theme, language, s -> {
            s.deck()
                    .drafting
                    .facts
                    .put(
                            "10.0.0.3",
                            SampleFacts.with(
                                    "os_name",
                                    "Fedora Linux 40",
                                    "writable",
                                    "no",
                                    "sudo",
                                    "none",
                                    "mem_mb",
                                    "300",
                                    "disk_mb",
                                    "90",
                                    "tool",
                                    "tar",
                                    "systemd",
                                    "no",
                                    "listens",
                                    "9000",
                                    "nofile",
                                    "64",
                                    "clock_ms",
                                    Long.toString(System.currentTimeMillis() - 90_000)));
            Stagehand.fx(() -> s.wizard().hosts.lookAtAll());
            await().until(() ->
                    Stagehand.onFx(() -> s.wizard().hosts.rows.getLast().seen.get() instanceof Seen.Found f
                            && !f.facts().writable()));
            Stagehand.fx(() -> {
                Stagehand.flaws(s.scene());
                s.scene().getRoot().lookupAll(".scroll-pane").forEach(p -> ((ScrollPane) p).setVvalue(1));
            });
        });
    }
}
