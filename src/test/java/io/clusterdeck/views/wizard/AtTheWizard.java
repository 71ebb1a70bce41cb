package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;

import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.runs.RunsModel;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/** A wizard without a window, on six made-up hosts. */
abstract class AtTheWizard {
    final SampleDeck deck = new SampleDeck();
    WizardModel wizard;
    DraftsModel drafts;

    @BeforeEach
    void begin() {
        for (int i = 1; i <= 6; i++) {
            deck.drafting.facts.put("10.0.0." + i, SampleFacts.UBUNTU);
        }
        drafts = Stagehand.onFx(() -> new DraftsModel(deck, new RunsModel(deck.runs()), () -> List.of("orders")));
        wizard = Stagehand.onFx(() -> drafts.open(drafts.begin()).orElseThrow());
    }

    void hosts(String text) {
        Stagehand.fx(() -> {
            wizard.hosts.entry.set(text);
            wizard.hosts.add();
        });
        await().until(() ->
                Stagehand.onFx(() -> wizard.hosts.rows.stream().noneMatch(r -> r.seen.get() instanceof Seen.Looking)));
    }

    List<String> missing(Place place) {
        return Stagehand.onFx(() -> {
            wizard.blueprint();
            return wizard.problems(place).stream()
                    .map(p -> p.field() + " " + p.what().key())
                    .toList();
        });
    }

    Place next() {
        return Stagehand.onFx(() -> {
            wizard.next();
            return wizard.placeProperty().get();
        });
    }
}
