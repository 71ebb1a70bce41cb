package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.lab.Lab;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import javafx.scene.Scene;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three real hosts over SSH, pasted as a list, their keys trusted in the window, one of them out of reach at first; built and proven. */
@Tag("lab")
class WizardLabTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void threeHostsFromAPastedList(@TempDir Path folder) throws Exception {
        var lab = Lab.bare(3);
        System.setProperty("clusterdeck.ssh", folder.resolve("ssh").toString());
        var hosts = lab.hosts().subList(0, 3);
        var questions = new AskModel();
        try (var deck = DeckApp.open(Home.at(folder.resolve("home")), questions)) {
            var look = Stagehand.look(Theme.DARK, "en");
            var model = Stagehand.onFx(() -> new ShellModel(deck, deck.clusters()));
            var scene = Stagehand.onFx(() -> {
                var made = new Scene(new ShellView(look, model, questions), 1200, 860);
                look.themes().dress(made);
                model.build();
                return made;
            });
            var wizard = Stagehand.onFx(() -> model.drafts()
                    .open(((Page.Draft) model.pageProperty().get()).id())
                    .orElseThrow());
            lab.cut(hosts.get(2), "in");
            Stagehand.fx(() -> {
                wizard.hosts.name.set("carts");
                wizard.hosts.user.set("ops");
                wizard.hosts.keys.set(lab.key("id_ed25519").toString());
                wizard.hosts.entry.set(
                        hosts.stream().map(h -> h + " " + lab.address(h)).collect(Collectors.joining("\n")));
                wizard.hosts.add();
            });
            await().atMost(PATIENCE)
                    .until(() -> Stagehand.onFx(() -> wizard.hosts.rows.stream()
                                            .filter(HostsModel::asksTrust)
                                            .count()
                                    == 2
                            && wizard.hosts.rows.get(2).seen.get() instanceof Seen.Failed));
            lab.heal(hosts.get(2));
            Stagehand.fx(() -> {
                wizard.hosts.look(wizard.hosts.rows.get(2));
                wizard.redis.kind.set(RedisModel.Kind.PACKAGED);
            });
            await().atMost(PATIENCE)
                    .until(() -> Stagehand.onFx(() -> {
                        wizard.hosts.trustAll();
                        return wizard.hosts.rows.stream().allMatch(r -> r.seen.get() instanceof Seen.Found);
                    }));
            for (var to : new Place[] {Place.REDIS, Place.LAYOUT, Place.CONFIGURATION, Place.REVIEW}) {
                assertEquals(
                        to,
                        Stagehand.onFx(() -> {
                            wizard.next();
                            return wizard.placeProperty().get();
                        }),
                        () -> Stagehand.onFx(() -> wizard.problemsProperty().get())
                                .toString());
            }
            await().atMost(PATIENCE)
                    .until(() -> Stagehand.onFx(() -> wizard.review.planned().isPresent()));
            Stagehand.fx(wizard::next);
            await().atMost(PATIENCE).until(() -> Stagehand.onFx(wizard.built::proven));
            Stagehand.picture(scene, "wizard-lab-proof");
            await().atMost(PATIENCE)
                    .until(() -> Stagehand.onFx(() -> {
                        var live = model.open().get("carts");
                        return live != null
                                && live.state().nodes().size() == 6
                                && live.state().verdict() != Health.UNKNOWN
                                && live.state().owners().covered() == 16_384;
                    }));
            assertTrue(
                    Stagehand.onFx(() -> model.drafts().linesProperty().get()).isEmpty());
            Stagehand.fx(model::close);
            model.drafts().settle();
            model.runs().endAll();
        }
    }
}
