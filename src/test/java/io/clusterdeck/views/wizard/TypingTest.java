package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.Stagehand;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Letters typed while a large draft is still being read: none waits for that, and the last one counts. */
@Tag("window")
class TypingTest extends AtTheWizard {
    private static final int LETTERS = 50;
    private static final int HOSTS = 300;

    @Test
    void whoTypesDoesNotWaitForWhatItMeans() {
        Stagehand.fx(() -> {
            wizard.hosts.entry.set(IntStream.range(0, HOSTS)
                    .mapToObj(i -> "10.0.%d.%d".formatted(i / 100, i % 100 + 1))
                    .collect(Collectors.joining("\n")));
            wizard.hosts.add();
        });
        await().until(() ->
                Stagehand.onFx(() -> wizard.layout.sketchProperty().get().isPresent()));
        var told = new AtomicInteger();
        long one = Stagehand.onFx(() -> {
            long before = System.nanoTime();
            Understood.of(wizard.tree());
            return System.nanoTime() - before;
        });
        long typing = Stagehand.onFx(() -> {
            wizard.problemsProperty().addListener((p, was, now) -> told.incrementAndGet());
            long before = System.nanoTime();
            for (int i = 1; i <= LETTERS; i++) {
                wizard.name().set("/".repeat(i));
            }
            return System.nanoTime() - before;
        });
        assertEquals(0, told.get());
        assertTrue(typing / LETTERS < one / 4, () -> typing / LETTERS + " of " + one);
        await().until(() -> told.get() > 0);
        assertTrue(told.get() < LETTERS / 10, told::toString);
        Stagehand.fx(() -> wizard.name().set("carts"));
        assertEquals(
                "carts", Stagehand.onFx(() -> wizard.blueprint().orElseThrow().name()));
    }
}
