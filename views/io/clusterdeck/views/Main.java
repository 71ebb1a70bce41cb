package io.clusterdeck.views;

import io.clusterdeck.cli.Cli;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the program starts: a word runs one operation, no word opens the window. Must not extend Application (JavaFX on the module path). */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var home = Home.open();
        boolean display = Toolkit.display() && !List.of(args).contains("--headless");
        if (args.length > 0) {
            int code = Cli.run(args, person -> DeckApp.open(home, person), new WindowScreen(home, display));
            System.out.flush();
            Runtime.getRuntime().exit(code);
        }
        Runtime.getRuntime().exit(window(home, display));
    }

    private static int window(Home home, boolean display) throws InterruptedException {
        var words = Words.in(Locale.getDefault());
        if (!display) {
            System.err.println(words.say("views.no-display"));
            return 2;
        }
        var questions = new AskModel();
        try (var deck = DeckApp.open(home, questions)) {
            new Window(home, deck, questions).show(Optional.empty());
            return 0;
        } catch (Failure failure) {
            System.err.println(words.say(failure.what()) + "\n" + words.say(failure.next()));
            return 1;
        }
    }
}
