package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.inspect.InspectorView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** "Safe to be without it" and "If it dies now" are said of the node that is chosen, as it was seen last, or not at all. */
@Tag("window")
class WithoutItTest {
    private final Semaphore answers = new Semaphore(1);
    private final AtomicBoolean broken = new AtomicBoolean();
    private final Look look = Stagehand.look(Theme.LIGHT, "en");
    private final Live live = Stagehand.onFx(() -> new Live(asked(), new RunsModel(new SampleRuns())));
    private final Scene scene = Stagehand.onFx(() -> {
        var made = new Scene(new InspectorView(look, live, () -> {}, () -> {}), 400, 900);
        look.themes().dress(made);
        return made;
    });

    /** A cluster that answers when the test lets it. */
    private OpenCluster asked() {
        var real = new SampleDeck().add(Samples.orders(), Sample.orders().state());
        return (OpenCluster) Proxy.newProxyInstance(
                OpenCluster.class.getClassLoader(), new Class<?>[] {OpenCluster.class}, (p, method, args) -> {
                    if (method.getName().equals("safety")) {
                        answers.acquire();
                        if (broken.get()) {
                            throw new IllegalStateException("a mistake while judging");
                        }
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    /** Whether both questions are answered so, as the page shows it now. */
    private boolean shows(String key, boolean dies) {
        return Stagehand.onFx(() -> {
            scene.snapshot(null);
            var word = look.tongue().say(key);
            return scene.lookup("#inspect-safe").lookupAll(".label").stream()
                            .anyMatch(l -> ((Labeled) l).getText().equals(word))
                    && scene.lookup("#inspect-dies").isVisible() == dies;
        });
    }

    @Test
    void ofAnotherNodeNothingIsSaidBeforeItWasAskedFor() {
        await().until(() -> shows("safety.view.no", true));
        Stagehand.fx(() -> live.choose(Sample.id(9001)));
        assertTrue(shows("safety.view.asking", false));
        answers.release();
        await().until(() -> shows("safety.view.no", true));
    }

    @Test
    void whatCanNotBeToldAnyMoreIsNotSaidOn() {
        await().until(() -> shows("safety.view.no", true));
        broken.set(true);
        answers.release();
        Stagehand.fx(() -> live.take(Sample.orders()
                .contact(9004, new Contact.Gone(Sample.NOW, Say.of("sample.refused")))
                .state()));
        await().until(() -> shows("safety.view.unknown", false));
    }
}
