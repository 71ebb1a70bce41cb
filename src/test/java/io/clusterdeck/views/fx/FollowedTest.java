package io.clusterdeck.views.fx;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.views.Stagehand;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.util.WaitForAsyncUtils;

@Tag("window")
class FollowedTest {
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Followed<String> question = new Followed<>();

    private void ask(String answer) {
        question.ask(answer, () -> answer, told::add, why -> told.add(why.what().key()));
    }

    @Test
    void goesOnWhereWhatWasToldCouldNotBePainted() {
        Stagehand.fx(() -> question.ask(
                "unpaintable",
                () -> "one",
                one -> {
                    told.add(one);
                    throw new IllegalStateException("a mistake while painting");
                },
                why -> {}));
        await().dontCatchUncaughtExceptions().until(() -> told.equals(List.of("one")));
        Stagehand.fx(() -> ask("two"));
        await().dontCatchUncaughtExceptions().until(() -> told.equals(List.of("one", "two")));
        WaitForAsyncUtils.clearExceptions(); // else the next test of a window is told of it
    }

    @Test
    void saysWhyThereIsNoAnswerAndAsksTheLatestOfThoseThatCameMeanwhile() {
        var meanwhile = new CountDownLatch(1);
        Stagehand.fx(() -> {
            question.ask(
                    "unanswerable",
                    () -> {
                        meanwhile.await();
                        throw new Unreachable(Say.of("link.refused"), Say.of("link.refused.next"));
                    },
                    told::add,
                    why -> told.add(why.what().key()));
            ask("left out");
            ask("latest");
        });
        meanwhile.countDown();
        await().until(() -> told.size() == 2);
        assertEquals(List.of("link.refused", "latest"), told);
    }
}
