package io.clusterdeck.views;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Settings;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.look.Themes;
import io.clusterdeck.views.look.Tongue;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program's window: remembers its size, theme and language. */
final class Window {
    private static final Logger LOG = LoggerFactory.getLogger(Window.class);
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private final Home home;
    private final Deck deck;
    private final AskModel questions;
    private final Optional<Locale> tongue;
    private Settings settings;

    /** @param tongue for this time, in place of the one that was chosen */
    Window(Home home, Deck deck, AskModel questions, Optional<Locale> tongue) {
        this.home = home;
        this.deck = deck;
        this.questions = questions;
        this.tongue = tongue;
        settings = settings(home);
    }

    private static Settings settings(Home home) {
        try {
            return home.settings();
        } catch (Failure unreadable) {
            LOG.warn("the window begins with its defaults: {}", unreadable.what());
            return Settings.DEFAULT;
        }
    }

    /** As the operator chose it, else as the desktop has it. FX thread. */
    static Look look(Home home) {
        var settings = settings(home);
        Optional<Theme> theme = switch (settings.theme()) {
            case DESKTOP -> Optional.empty();
            case LIGHT -> Optional.of(Theme.LIGHT);
            case DARK -> Optional.of(Theme.DARK);
        };
        var language = settings.language();
        var locale = language.isEmpty()
                ? Locale.getDefault()
                : language.equals("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
        return new Look(new Tongue(locale), new Themes(theme));
    }

    /** Opens it, on a cluster if one is named, and waits until it was closed. */
    void show(Optional<String> cluster) throws InterruptedException {
        Toolkit.start();
        var closed = new CountDownLatch(1);
        var model = Toolkit.onFx(() -> open(cluster, closed));
        closed.await();
        model.drafts().settle();
        model.runs().endAll();
        for (var demo : model.tried()) {
            try {
                demo.stop(state -> {});
            } catch (Failure failure) {
                LOG.error("{} is still there: {}", demo.name(), failure.what());
            }
        }
    }

    private ShellModel open(Optional<String> cluster, CountDownLatch closed) {
        var look = look(home);
        tongue.ifPresent(look.tongue()::speak);
        var model = new ShellModel(deck);
        cluster.ifPresent(c -> model.pageProperty().set(new Page.Cluster(c)));
        var view = new ShellView(look, model, questions);
        var scene = new Scene(view, or(settings.width(), WIDTH), or(settings.height(), HEIGHT));
        look.themes().dress(scene);
        var stage = new Stage();
        stage.setTitle("Clusterdeck");
        for (var size : new int[] {64, 256}) {
            var icon = Window.class.getResourceAsStream("/icons/clusterdeck-" + size + ".png");
            if (icon != null) {
                stage.getIcons().add(new Image(icon));
            }
        }
        stage.setMinWidth(980);
        stage.setMinHeight(640);
        stage.setScene(scene);
        stage.setMaximized(settings.maximized());
        look.themes()
                .choiceProperty()
                .addListener((p, was, now) ->
                        keep(settings.with(now.map(t -> t == Theme.DARK ? Settings.Theme.DARK : Settings.Theme.LIGHT)
                                .orElse(Settings.Theme.DESKTOP))));
        look.tongue()
                .wordsProperty()
                .addListener((p, was, now) ->
                        keep(settings.speaking(now.locale().getLanguage().equals("zh") ? "zh" : "en")));
        stage.setOnCloseRequest(e -> {
            if (model.runs().anyLive()) {
                e.consume();
                view.askToClose(stage::close);
            }
        });
        stage.setOnHidden(e -> {
            keep(settings.sized(scene.getWidth(), scene.getHeight(), stage.isMaximized()));
            model.close();
            closed.countDown();
        });
        ShownMark.on(scene);
        stage.show();
        return model;
    }

    private static double or(double value, double otherwise) {
        return value > 0 ? value : otherwise;
    }

    private void keep(Settings changed) {
        settings = changed;
        Work.begin(
                "keep settings",
                () -> {
                    home.keep(changed);
                    return true;
                },
                done -> {},
                failure -> {});
    }
}
