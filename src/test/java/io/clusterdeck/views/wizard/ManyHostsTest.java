package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three hundred hosts pasted at once: looked at a few at a time, told to the page together, and found again by searching. */
@Tag("window")
class ManyHostsTest {
    private static final int HOSTS = 300;
    private static final int THERE = 200;

    private final SampleDeck deck = new SampleDeck();

    /** Those beyond the two hundredth are not reached. */
    private static String address(int i) {
        return "10.0.%d.%d".formatted(i / 100, i % 100 + 1);
    }

    private WizardModel wizard(ShellModel model) {
        for (int i = 0; i < THERE; i++) {
            deck.drafting.facts.put(address(i), SampleFacts.UBUNTU);
        }
        return Stagehand.onFx(() -> {
            model.build();
            var page = (Page.Draft) model.pageProperty().get();
            return model.drafts().open(page.id()).orElseThrow();
        });
    }

    private static void paste(WizardModel wizard) {
        wizard.hosts.entry.set(
                IntStream.range(0, HOSTS).mapToObj(ManyHostsTest::address).collect(Collectors.joining("\n")));
        wizard.hosts.add();
    }

    private static boolean settled(WizardModel wizard) {
        return wizard.hosts.rows.size() == HOSTS
                && wizard.hosts.rows.stream().noneMatch(r -> r.seen.get() instanceof HostRow.Seen.Looking);
    }

    /** While the window's thread is held, all hosts answer; then the page is told once or twice, not three hundred times. */
    @Test
    void answersThatComeTogetherAreToldTogether() {
        var wizard = wizard(Stagehand.onFx(() -> new ShellModel(deck, deck.clusters())));
        var told = new AtomicInteger();
        Stagehand.fx(() -> {
            paste(wizard);
            wizard.problemsProperty().addListener((p, was, now) -> told.incrementAndGet());
            await().atMost(Duration.ofSeconds(60)).until(() -> deck.drafting.looked.get() == HOSTS);
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> Stagehand.onFx(() -> settled(wizard)));
        assertTrue(deck.drafting.most.get() <= 32, deck.drafting.most::toString);
        assertTrue(told.get() > 0 && told.get() < HOSTS / 10, told::toString);
        assertEquals(
                HOSTS - THERE,
                Stagehand.onFx(() -> wizard.problems(Place.HOSTS).stream()
                        .filter(p -> p.field().endsWith(".seen"))
                        .count()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void someAreShownAndAllAreFound(Theme theme, String language) {
        var look = Stagehand.look(theme, language);
        var model = Stagehand.onFx(() -> new ShellModel(deck, deck.clusters()));
        var wizard = wizard(model);
        var scene = Stagehand.onFx(() -> {
            var made = new Scene(new ShellView(look, model, new AskModel()), 1024, 700);
            look.themes().dress(made);
            paste(wizard);
            return made;
        });
        await().atMost(Duration.ofSeconds(60)).until(() -> Stagehand.onFx(() -> settled(wizard)));
        Stagehand.settle();
        assertEquals(24, shown(scene).size());
        Stagehand.fx(() -> ((CheckBox) scene.lookup("#wizard-hosts-troubled")).setSelected(true));
        assertEquals(address(THERE), shown(scene).getFirst());
        Stagehand.fx(() -> ((TextField) scene.lookup("#wizard-hosts-filter")).setText(address(HOSTS - 1)));
        assertEquals(List.of(address(HOSTS - 1)), shown(scene));
        Stagehand.fx(() -> ((TextField) scene.lookup("#wizard-hosts-filter")).clear());
        assertEquals(List.of(), Stagehand.onFx(() -> Stagehand.flaws(scene)));
        Stagehand.picture(
                scene, "wizard-many-hosts-%s-%s".formatted(theme, language).toLowerCase(java.util.Locale.ROOT));
    }

    private static List<String> shown(Scene scene) {
        Stagehand.fx(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
        });
        return Stagehand.onFx(() -> scene.getRoot().lookupAll(".wizard-host").stream()
                .map(v -> ((HostView) v).called())
                .toList());
    }
}
