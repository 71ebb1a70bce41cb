package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.SamplePlans;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.wizard.ReviewModel.Review;
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
}
