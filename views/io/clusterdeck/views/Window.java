package io.clusterdeck.views;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Settings;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.look.Themes;
import io.clusterdeck.views.look.Tongue;
import io.clusterdeck.views.notice.Desktop;
import io.clusterdeck.views.shell.Page;
import io.clusterdeck.views.shell.PageNames;
import io.clusterdeck.views.shell.Scaled;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program's window: remembers its place, its page, and everything that was chosen. */
final class Window {
    private static final Logger LOG = LoggerFactory.getLogger(Window.class);
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private final Home home;
    private final Deck deck;
    private final AskModel questions;
    private final Optional<Locale> tongue;
    private final IdleHeap heap = new IdleHeap();
    private volatile Settings settings;

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
        return look(settings(home));
    }

    private static Look look(Settings settings) {
        Optional<Theme> theme = switch (settings.theme()) {
            case DESKTOP -> Optional.empty();
            case LIGHT -> Optional.of(Theme.LIGHT);
            case DARK -> Optional.of(Theme.DARK);
        };
        var look = new Look(new Tongue(Locale.getDefault()), new Themes(theme));
        look.tongue()
                .choose(
                        switch (settings.language()) {
                            case "en" -> Optional.of(Locale.ENGLISH);
                            case "zh" -> Optional.of(Locale.SIMPLIFIED_CHINESE);
                            default -> Optional.empty();
                        });
        look.themes().scaleProperty().set(settings.scale() / 100.0);
        return look;
    }

    /** Opens it, on a cluster if one is named, and waits until it was closed. */
    void show(Optional<String> cluster) throws InterruptedException {
        Toolkit.start();
        var closed = new CountDownLatch(1);
        var kept = deck.clusters();
        var model = Toolkit.onFx(() -> open(cluster, kept, closed));
        while (!closed.await(IdleHeap.EVERY.toSeconds(), TimeUnit.SECONDS)) {
            heap.look(Toolkit.onFx(() -> model.runs().anyLive()));
        }
        keepAtTheEnd();
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

    private ShellModel open(Optional<String> cluster, List<ClusterSpec> kept, CountDownLatch closed) {
        var look = look(settings);
        tongue.ifPresent(look.tongue()::speak);
        var model = new ShellModel(deck, kept);
        model.notices().desktopProperty().set(settings.tells());
        cluster.<Page>map(Page.Cluster::new)
                .or(() -> PageNames.page(settings.page(), kept))
                .ifPresent(model.pageProperty()::set);
        var view = new ShellView(look, model, questions);
        var frame = Placed.on(
                screens(),
                new Settings.Frame(
                        settings.frame().x(),
                        settings.frame().y(),
                        or(settings.frame().width(), WIDTH),
                        or(settings.frame().height(), HEIGHT),
                        settings.frame().maximized()));
        var scene = new Scene(new Scaled(look, view), frame.width(), frame.height());
        look.themes().dress(scene);
        var stage = stage(scene, frame);
        keepChoices(look, model);
        var desktop = new Desktop();
        view.tellVerdicts((title, why) -> {
            if (!stage.isFocused()) {
                desktop.tell(look.tongue().say(title), look.tongue().say(why));
            }
        });
        stage.setOnCloseRequest(e -> {
            if (model.runs().anyLive()) {
                e.consume();
                view.askToClose(stage::close);
            }
        });
        stage.setOnHidden(e -> {
            settings = settings.at(frame(stage, scene))
                    .showing(PageNames.name(model.pageProperty().get()));
            model.close();
            closed.countDown();
        });
        heap.hear(scene);
        ShownMark.on(scene);
        stage.show();
        return model;
    }

    /** What panels leave of each screen, the primary one first. */
    private static List<Rectangle2D> screens() {
        return Stream.concat(Stream.of(Screen.getPrimary()), Screen.getScreens().stream())
                .map(Screen::getVisualBounds)
                .toList();
    }

    private Stage stage(Scene scene, Settings.Frame frame) {
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
        if (frame.placed()) {
            stage.setX(frame.x());
            stage.setY(frame.y());
        }
        stage.setMaximized(frame.maximized());
        return stage;
    }

    private Settings.Frame frame(Stage stage, Scene scene) {
        return stage.isMaximized()
                ? new Settings.Frame(
                        settings.frame().x(),
                        settings.frame().y(),
                        or(settings.frame().width(), WIDTH),
                        or(settings.frame().height(), HEIGHT),
                        true)
                : new Settings.Frame(stage.getX(), stage.getY(), scene.getWidth(), scene.getHeight(), false);
    }

    private void keepChoices(Look look, ShellModel model) {
        look.themes()
                .choiceProperty()
                .addListener((p, was, now) ->
                        keep(settings.with(now.map(t -> t == Theme.DARK ? Settings.Theme.DARK : Settings.Theme.LIGHT)
                                .orElse(Settings.Theme.DESKTOP))));
        look.tongue()
                .choiceProperty()
                .addListener((p, was, now) ->
                        keep(settings.speaking(now.map(Locale::getLanguage).orElse(""))));
        look.themes()
                .scaleProperty()
                .addListener((p, was, now) -> keep(settings.scaled((int) Math.round(now.doubleValue() * 100))));
        model.notices().desktopProperty().addListener((p, was, now) -> keep(settings.notifying(now)));
    }

    private static double or(double value, double otherwise) {
        return value > 0 ? value : otherwise;
    }

    private void keep(Settings changed) {
        settings = changed;
        Work.begin(
                "keep settings",
                () -> {
                    keepNow();
                    return true;
                },
                done -> {},
                failure -> {});
    }

    /** In order, whatever comes first to the disk. */
    private void keepNow() throws Failure {
        synchronized (home) {
            home.keep(settings);
        }
    }

    /** The process ends after it, and with it what is done aside. */
    private void keepAtTheEnd() {
        try {
            keepNow();
        } catch (Failure unwritten) {
            LOG.warn("the window's place is not remembered: {}", unwritten.what());
        }
    }
}
