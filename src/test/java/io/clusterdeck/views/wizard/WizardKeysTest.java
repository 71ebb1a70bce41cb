package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import javafx.event.Event;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The keys of the wizard, pressed in its fields. */
@Tag("window")
class WizardKeysTest {
    private final SampleDeck deck = new SampleDeck();

    /** A spinner hands what is pressed to its inner field, from where it comes by a second time: no page may be passed over unseen. */
    @Test
    void onePressGoesOnByOnePage() {
        deck.drafting.facts.put("10.0.0.1", SampleFacts.UBUNTU);
        deck.drafting.facts.put("10.0.0.2", SampleFacts.UBUNTU);
        deck.drafting.facts.put("10.0.0.3", SampleFacts.UBUNTU);
        var look = Stagehand.look(Theme.LIGHT, "en");
        var model = Stagehand.onFx(() -> new ShellModel(deck, deck.clusters()));
        var scene = Stagehand.onFx(() -> {
            var made = new Scene(new ShellView(look, model, new AskModel()), 1200, 860);
            model.build();
            return made;
        });
        var wizard = Stagehand.onFx(() -> model.drafts()
                .open(((Page.Draft) model.pageProperty().get()).id())
                .orElseThrow());
        Stagehand.fx(() -> {
            wizard.hosts.name.set("carts");
            wizard.hosts.entry.set("10.0.0.[1-3]");
            wizard.hosts.add();
        });
        await().until(() -> Stagehand.onFx(
                () -> wizard.hosts.rows.stream().allMatch(r -> r.seen.get() instanceof HostRow.Seen.Found)));
        Stagehand.fx(() -> {
            wizard.placeProperty().set(Place.LAYOUT);
        });
        Stagehand.fx(() -> {
            scene.getRoot().applyCss();
            scene.getRoot().layout();
        });
        var pressed = new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, true, false, false);
        Stagehand.fx(() -> Event.fireEvent(scene.lookup("#wizard-masters"), pressed));
        assertEquals(
                Place.CONFIGURATION, Stagehand.onFx(() -> wizard.placeProperty().get()));
        Stagehand.fx(() -> Event.fireEvent(scene.lookup("#wizard"), pressed));
        assertEquals(Place.REVIEW, Stagehand.onFx(() -> wizard.placeProperty().get()));
        // while the plan is made its page has nothing to press, and the key that goes on is heard in the wizard only
        assertEquals("step-review", Stagehand.onFx(() -> scene.getFocusOwner().getId()));
        Stagehand.fx(model::close);
    }
}
