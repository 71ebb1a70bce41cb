package io.clusterdeck.views.fx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.Stagehand;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class AskedTest {
    private final Asked<String> asked = Stagehand.onFx(Asked::new);

    /** As the page of a host is opened: what was seen last is told while it is looked at afresh, and the host is dead. */
    @Test
    void whatComesFromElsewhereGivesUpNoQuestion() {
        var answers = new CountDownLatch(1);
        Stagehand.fx(() -> {
            asked.ask("look", () -> {
                answers.await();
                throw new NotAllowed(Say.of("link.over"), Say.of("link.over.next"));
            });
            asked.meanwhile("of before");
        });
        assertEquals(Optional.of("of before"), Stagehand.onFx(asked.answerProperty()::get));
        answers.countDown();
        await().until(() -> Stagehand.onFx(() -> asked.failureProperty().get().isPresent()));
        assertTrue(Stagehand.onFx(() -> asked.answerProperty().get().isPresent()), "it stays in sight");
    }

    @Test
    void whatComesLaterIsTheAnswer() {
        Stagehand.fx(() -> asked.ask("look", () -> {
            throw new NotAllowed(Say.of("link.over"), Say.of("link.over.next"));
        }));
        await().until(() -> Stagehand.onFx(() -> asked.failureProperty().get().isPresent()));
        Stagehand.fx(() -> asked.meanwhile("of now"));
        assertTrue(Stagehand.onFx(() -> asked.failureProperty().get().isEmpty()));
    }
}
