package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.build.Arrangement;
import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.application.Platform;
import javafx.scene.Scene;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Letters typed into an open wizard, each of them kept at once: none waits until the draft was read, and the last one counts. */
@Tag("window")
class TypingTest {
    private static final int LETTERS = 50;

    /** Readings of the draft by the thread that paints, for which typing waits. */
    private final AtomicInteger waited = new AtomicInteger();

    private final AtomicInteger aside = new AtomicInteger();
    private WizardModel wizard;
    private WizardView view;

    private Understood read(Map<String, Object> tree) {
        (Platform.isFxApplicationThread() ? waited : aside).incrementAndGet();
        return Understood.of(tree);
    }

    @BeforeEach
    void open() {
        var deck = new SampleDeck();
        for (int i = 1; i <= 3; i++) {
            deck.drafting.facts.put("10.0.0." + i, SampleFacts.UBUNTU);
        }
        var look = Stagehand.look(Theme.LIGHT, "en");
        wizard = Stagehand.onFx(() -> {
            var model = new WizardModel(
                    "draft-1",
                    deck.drafting(),
                    new RunsModel(deck.runs()),
                    List::of,
                    kept -> kept.saved.set(Optional.of(Instant.now())),
                    name -> {
                        throw new AssertionError("nothing is built here");
                    },
                    this::read);
            view = new WizardView(look, model, () -> {}, name -> {});
            new Scene(view, 1200, 860);
            model.hosts.entry.set("10.0.0.[1-3]");
            model.hosts.add();
            return model;
        });
        await().until(() -> Stagehand.onFx(
                () -> wizard.hosts.rows.stream().allMatch(r -> r.seen.get() instanceof HostRow.Seen.Found)));
        Stagehand.fx(() -> {
            // every page is there, and every one was left in vain
            for (var place : EnumSet.complementOf(EnumSet.of(Place.BUILD))) {
                wizard.placeProperty().set(place);
            }
        });
    }

    /** Who leaves the last field of a page by Tab comes to the buttons below it, and not out of the wizard. */
    @Test
    void theFootComesAfterThePage() {
        Stagehand.fx(() -> wizard.placeProperty().set(Place.REDIS));
        var order = Stagehand.onFx(() -> List.copyOf(view.getChildren()));
        assertTrue(order.indexOf(view.getCenter()) < order.indexOf(view.getBottom()));
    }

    @ParameterizedTest
    @EnumSource(names = {"HOSTS", "LAYOUT", "CONFIGURATION"})
    void whoTypesDoesNotWaitForWhatItMeans(Place at) {
        Stagehand.fx(() -> {
            wizard.placeProperty().set(at);
            wizard.blueprint();
            waited.set(0);
            aside.set(0);
            for (int i = 1; i <= LETTERS; i++) {
                wizard.name().set("/".repeat(i));
            }
        });
        await().until(() -> Stagehand.onFx(() -> wizard.problemsProperty().get().stream()
                .anyMatch(p -> p.what().args().containsValue("/".repeat(LETTERS)))));
        assertEquals(0, waited.get());
        assertTrue(aside.get() <= 2, () -> "no more than the first and the last: " + aside);
        var name = Stagehand.onFx(() -> {
            wizard.name().set("carts");
            return wizard.blueprint().orElseThrow().name();
        });
        assertEquals("carts", name);
        assertEquals(1, waited.get(), "who wants the blueprint waits");
    }

    /** What he sees was drawn before the number that he has just entered was read. */
    @Test
    void whoMovesANodeMovesOneOfThoseThatAreMeantByNow() {
        var before = Stagehand.onFx(() -> nodes(wizard.layout.arrangement()));
        var now = Stagehand.onFx(() -> {
            wizard.layout.replicas.set(2);
            return nodes(wizard.layout.arrangement());
        });
        assertEquals(6, before);
        assertEquals(9, now);
    }

    private static int nodes(Optional<Arrangement> placed) {
        return placed.orElseThrow().shards().stream().mapToInt(List::size).sum();
    }
}
