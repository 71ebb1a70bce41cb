package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.build.Blueprint.NodeName;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.SampleFacts;
import io.clusterdeck.views.SamplePlans;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import io.clusterdeck.views.wizard.HostRow.Seen;
import io.clusterdeck.views.wizard.ReviewModel.Review;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every page of the wizard, whole and in trouble, in both themes and languages: no text is cut, no style sheet complains. */
@Tag("window")
class WizardPicturesTest {
    @TempDir
    Path folder;

    record Set(SampleDeck deck, ShellModel model, WizardModel wizard, Scene scene) {}

    private static Set set(Theme theme, String language, double width, double height) {
        var look = Stagehand.look(theme, language);
        var deck = new SampleDeck();
        for (int i = 1; i <= 3; i++) {
            deck.drafting.facts.put("10.0.0." + i, i == 3 ? SampleFacts.poor() : SampleFacts.UBUNTU);
        }
        deck.drafting.facts.put("local", SampleFacts.UBUNTU);
        return Stagehand.onFx(() -> {
            var model = new ShellModel(deck, deck.clusters());
            var scene = new Scene(new ShellView(look, model, new AskModel()), width, height);
            look.themes().dress(scene);
            model.build();
            var wizard = model.drafts()
                    .open(((Page.Draft) model.pageProperty().get()).id())
                    .orElseThrow();
            return new Set(deck, model, wizard, scene);
        });
    }

    private static void entered(Set set, String hosts) {
        Stagehand.fx(() -> {
            set.wizard().hosts.name.set("carts");
            set.wizard().hosts.user.set("ops");
            set.wizard().hosts.entry.set(hosts);
            set.wizard().hosts.add();
        });
        await().until(() -> Stagehand.onFx(() -> set.wizard().hosts.rows.stream()
                .allMatch(r -> r.seen.get() instanceof Seen.Found
                        || r.seen.get() instanceof Seen.Failed
                        || r.questions.presentProperty().get().isPresent())));
    }

    static void picture(String name, Theme theme, String language, Consumer<Set> act) {
        picture(name, theme, language, "h1 10.0.0.1\nh2 10.0.0.2\nh3 10.0.0.3", act);
    }

    private static void picture(String name, Theme theme, String language, String hosts, Consumer<Set> act) {
        var set = set(theme, language, theme == Theme.DARK ? 1024 : 1440, theme == Theme.DARK ? 700 : 900);
        Stagehand.complaints();
        if (!hosts.isEmpty()) {
            entered(set, hosts);
        }
        act.accept(set);
        Stagehand.settle();
        await().until(() -> Stagehand.onFx(() -> hosts.isEmpty()
                || set.wizard().built.proven()
                || set.wizard().saved.get().isPresent()));
        var file = "wizard-%s-%s-%s".formatted(name, theme.name().toLowerCase(Locale.ROOT), language);
        Stagehand.picture(set.scene(), file);
        assertEquals("", String.join("\n", Stagehand.onFx(() -> Stagehand.flaws(set.scene()))), file);
        assertEquals("", String.join("\n", Stagehand.complaints()), file);
        Stagehand.fx(set.model()::close);
    }

    static void at(Set set, Place place) {
        Stagehand.fx(() -> set.wizard().placeProperty().set(place));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void nothingYet(Theme theme, String language) {
        picture("empty", theme, language, "", s -> Stagehand.fx(s.wizard()::next));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void hosts(Theme theme, String language) {
        picture("hosts", theme, language, s -> {});
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void hostsInTrouble(Theme theme, String language) {
        picture("hosts-trouble", theme, language, "", s -> {
            s.deck().drafting.unknown.addAll(List.of("10.0.0.1", "10.0.0.2"));
            entered(s, "h1 10.0.0.1\nh2 10.0.0.2\nh9 10.0.0.9");
            Stagehand.fx(() -> {
                s.wizard().hosts.entry.set("10.0.0.[9-3], 10.0.0.300");
                s.wizard().hosts.add();
                s.wizard().next();
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void hostForm(Theme theme, String language) {
        picture(
                "hosts-form",
                theme,
                language,
                "h1 10.0.0.1",
                s -> Stagehand.fx(() -> {
                    s.scene().getRoot().applyCss();
                    s.scene().getRoot().lookupAll(".link").stream()
                            .filter(ToggleButton.class::isInstance)
                            .forEach(b -> ((ToggleButton) b).fire());
                    s.wizard().hosts.rows.getFirst().announce.set("somewhere");
                }));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void mistakesInABlueprint(Theme theme, String language) throws Exception {
        var file = Files.writeString(
                folder.resolve("wrong.yaml"), "name: carts\nhost: [10.0.0.1]\nlayout: {masters: 2}\n");
        picture("blueprint", theme, language, "", s -> {
            Stagehand.fx(() -> {
                s.scene().getRoot().applyCss();
                ((ToggleButton) s.scene().lookup("#wizard-way-blueprint")).fire();
                s.scene().getRoot().applyCss();
                ((TextField) s.scene().lookup("#wizard-file")).setText(file.toString());
                ((Button) s.scene().lookup("#wizard-file-open")).fire();
            });
            await().until(() -> Stagehand.onFx(
                    () -> s.scene().getRoot().lookupAll(".mistake").size() > 1));
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void redis(Theme theme, String language) {
        picture("redis", theme, language, s -> at(s, Place.REDIS));
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void redisUnknown(Theme theme, String language) {
        picture("redis-unknown", theme, language, s -> {
            at(s, Place.REDIS);
            Stagehand.fx(() -> {
                s.wizard().redis.kind.set(RedisModel.Kind.UPLOAD);
                s.wizard().redis.version.set("6.2.99");
                s.wizard().redis.sha256.set("98ed7d53");
                s.wizard().next();
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void layout(Theme theme, String language) {
        picture("layout", theme, language, s -> {
            Stagehand.fx(() -> s.wizard().conf.setOne("maxmemory", "4gb"));
            at(s, Place.LAYOUT);
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void layoutRefused(Theme theme, String language) {
        picture("layout-refused", theme, language, s -> {
            at(s, Place.LAYOUT);
            Stagehand.fx(() -> {
                var node = new NodeName(new HostName("h2"), 9001);
                s.wizard().layout.move(node, new HostName("h1"), true);
                s.wizard().layout.move(new NodeName(new HostName("h3"), 9001), new HostName("h2"), false);
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void configuration(Theme theme, String language) {
        picture("configuration", theme, language, s -> {
            Stagehand.fx(() -> {
                s.wizard().conf.setOne("maxmemory", "4gb");
                s.wizard().conf.setOne("cluster-node-timeout", "5000");
                s.wizard().conf.addUser("app", Secret.of("very long indeed"), ConfModel.Rights.DATA, true);
                s.wizard().conf.more.set("repl-backlog-size 64mb");
            });
            at(s, Place.CONFIGURATION);
            await().until(() -> Stagehand.onFx(() -> {
                s.scene().getRoot().applyCss();
                return s.scene().getRoot().lookupAll(".diff-added").stream()
                        .anyMatch(l -> l.toString().contains("repl-backlog-size"));
            }));
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void configurationInTrouble(Theme theme, String language) {
        picture("configuration-trouble", theme, language, s -> {
            at(s, Place.CONFIGURATION);
            Stagehand.fx(() -> {
                s.wizard().conf.setOne("maxmemory", "plenty");
                s.wizard().conf.setOne("cluster-node-timeout", "500");
                s.wizard().conf.from.set(ConfModel.From.NONE);
                s.wizard().conf.root.set("relative/");
                s.wizard().conf.more.set("port 7000\nmaxclients");
                s.wizard().next();
            });
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void review(Theme theme, String language) {
        picture("review", theme, language, s -> {
            at(s, Place.REVIEW);
            await().until(() ->
                    Stagehand.onFx(() -> s.wizard().review.stateProperty().get() instanceof Review.Planned));
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,zh", "DARK,en"})
    void reviewRefuses(Theme theme, String language) {
        picture("review-refused", theme, language, "h1 10.0.0.1", s -> {
            s.deck().drafting.facts.put("10.0.0.1", SampleFacts.with("listens", "9001", "disk_mb", "90"));
            at(s, Place.REVIEW);
            await().until(() ->
                    Stagehand.onFx(() -> s.wizard().review.stateProperty().get() instanceof Review.Planned));
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void reviewOfAnUnfinishedDraft(Theme theme, String language) {
        picture("review-missing", theme, language, "h1 10.0.0.1", s -> {
            Stagehand.fx(() -> {
                s.wizard().hosts.name.set("");
                s.wizard().redis.version.set("6.2.99");
                s.wizard().conf.from.set(ConfModel.From.ASK);
            });
            at(s, Place.REVIEW);
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void running(Theme theme, String language) {
        picture("build", theme, language, s -> build(s, SamplePlans.building()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh"})
    void proven(Theme theme, String language) {
        picture("proof", theme, language, s -> build(s, SamplePlans.proven()));
    }

    static void build(Set s, io.clusterdeck.plan.RunState run) {
        Stagehand.fx(() -> {
            s.deck().ran(run);
            s.wizard().built.run().set(Optional.of(run.plan().id()));
        });
        Stagehand.settle();
        at(s, Place.BUILD);
    }
}
