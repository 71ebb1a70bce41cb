package io.clusterdeck.views;

import io.clusterdeck.cli.Screen;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.look.Themes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the window does for the command line. */
final class WindowScreen implements Screen {
    private static final int WIDTH = 1440;
    private static final int HEIGHT = 900;

    private final Home home;
    private final boolean display;

    /** @param display false where nothing is to be opened although it could */
    WindowScreen(Home home, boolean display) {
        this.home = home;
        this.display = display;
        if (!display) {
            Toolkit.headless();
        }
    }

    @Override
    public boolean there() {
        return display;
    }

    @Override
    public void show(Deck deck, String cluster) throws InterruptedException {
        new Window(home, deck, new AskModel(), Optional.empty()).show(Optional.of(cluster));
    }

    @Override
    public void picture(Deck deck, String cluster, Path file) throws Failure, InterruptedException {
        Toolkit.start();
        var look = Toolkit.onFx(() -> {
            var chosen = Window.look(home);
            var theme = chosen.themes().choiceProperty().get().orElse(Theme.DARK);
            return new Look(chosen.tongue(), new Themes(Optional.of(theme)));
        });
        try {
            Picture.save(deck, cluster, look, file, WIDTH, HEIGHT);
        } catch (IOException unwritable) {
            throw new CommandFailed(
                    Say.of("views.picture.unwritable", "file", file, "why", unwritable),
                    Say.of("views.picture.unwritable.next"),
                    1,
                    List.of());
        }
    }
}
