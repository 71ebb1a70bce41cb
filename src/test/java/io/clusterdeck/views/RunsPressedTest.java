package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Deeds;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunPage;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.runs.RunsView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;

/** A real run on its page: cancelled by the button there, and resumed by the one that takes its place. */
@Tag("window")
class RunsPressedTest {

    private final FxRobot robot = new FxRobot();

    @TempDir
    Path folder;

    private Scene scene;

    private void press(String id) {
        await().until(() -> Stagehand.onFx(
                () -> scene.lookup(id) != null && scene.lookup(id).isVisible()));
        Stagehand.settle(); // else it may be somewhere else when it is clicked
        robot.clickOn(id);
    }

    @Test
    void isCancelledAndResumed() throws Exception {
        var deeds = new Deeds(folder);
        var model = Stagehand.onFx(() -> new RunsModel(new JournaledRuns(deeds, Deeds.kinds())));
        var plan = deeds.plan(
                "p1",
                Deeds.stage("one", Deeds.step("wait", "first", "h1", folder)),
                Deeds.stage("two", Deeds.step("write", "second", "h1", folder)));
        var stage = Stagehand.onFx(() -> {
            var look = Stagehand.look(Theme.LIGHT, "en");
            scene = new Scene(new RunsView(look, model), 1300, 800);
            look.themes().dress(scene);
            var made = new Stage();
            made.setScene(scene);
            made.show();
            model.start(new Offer.Ready(plan, new Consent.Plain()), () -> {}, f -> {});
            return made;
        });
        try {
            await().until(() -> Files.exists(folder.resolve("waiting-first")));
            press("#views-run-cancel");
            await().until(() -> outcome(model, plan.id()).equals(Optional.of(Outcome.CANCELLED)));
            assertFalse(Files.exists(folder.resolve("second")));
            Files.writeString(folder.resolve("go"), "");
            press("#views-run-resume");
            await().until(() -> outcome(model, plan.id()).equals(Optional.of(Outcome.DONE)));
            assertEquals("second", Files.readString(folder.resolve("second")));
            await().until(() -> Stagehand.onFx(() -> scene.lookup("#views-run-resume") == null));
        } finally {
            Stagehand.fx(stage::close);
        }
    }

    /** Of a run that was stopped no step has failed, and nothing else stands where the refusal is told. */
    @Test
    void isToldWhyItIsNotResumed() throws Exception {
        var deeds = new Deeds(folder);
        var runs = new SampleRuns();
        var model = Stagehand.onFx(() -> new RunsModel(runs));
        var plan = deeds.plan("p1", Deeds.stage("one", Deeds.step("write", "first", "h1", folder)));
        var began = Instant.parse("2026-11-22T12:00:00Z");
        var stopped = new RunState(
                plan,
                new Consent.Plain(),
                began,
                Map.of(),
                Optional.of(new RunEvent.Ended(began, Outcome.CANCELLED)),
                List.of());
        var stage = Stagehand.onFx(() -> {
            var look = Stagehand.look(Theme.LIGHT, "en");
            var page = new RunPage(look, model, stopped);
            page.show(stopped);
            scene = new Scene(page, 1300, 800);
            look.themes().dress(scene);
            var made = new Stage();
            made.setScene(scene);
            made.show();
            return made;
        });
        try {
            runs.refusing = new NotAllowed(Say.of("sample.refused"), Say.of("sample.gone.next"));
            press("#views-run-resume");
            await().until(() -> Stagehand.onFx(() -> scene.lookup(".advice").isVisible()
                    && scene.getRoot().lookupAll(".advice .label").size() == 2));
            assertFalse(Stagehand.onFx(() -> scene.lookup("#views-run-resume") == null), "it can be tried again");
        } finally {
            Stagehand.fx(stage::close);
        }
    }

    private static Optional<Outcome> outcome(RunsModel model, io.clusterdeck.plan.PlanId id) {
        return Stagehand.onFx(() -> model.state(id).flatMap(s -> s.ended()).map(e -> e.outcome()));
    }
}
