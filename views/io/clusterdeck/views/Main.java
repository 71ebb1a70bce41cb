package io.clusterdeck.views;

import io.clusterdeck.cli.Cli;
import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.LogFile;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where the program starts: a word runs one operation, no word opens the window. Must not extend Application (JavaFX on the module path). */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var home = Home.open();
        LogFile.begin(home);
        boolean display = Toolkit.display() && !List.of(args).contains("--headless");
        var tongue = args.length > 0 ? onlyTongue(args) : Optional.<Locale>empty();
        if (args.length > 0 && tongue.isEmpty()) {
            int code = Cli.run(args, person -> DeckApp.open(home, person), new WindowScreen(home, display));
            System.out.flush();
            Runtime.getRuntime().exit(code);
        }
        Runtime.getRuntime().exit(window(home, display, tongue));
    }

    /** The language, where nothing but {@code --lang} is asked for. */
    private static Optional<Locale> onlyTongue(String[] args) {
        var all = String.join(" ", args);
        return all.matches("--lang[= ](en|zh)") ? Optional.of(Cli.locale(args, Map.of())) : Optional.empty();
    }

    private static int window(Home home, boolean display, Optional<Locale> tongue) throws InterruptedException {
        var words = Words.in(tongue.orElseGet(Locale::getDefault));
        if (!display) {
            System.err.println(words.say("views.no-display"));
            return 2;
        }
        var questions = new AskModel();
        try (var deck = DeckApp.open(home, questions)) {
            new Window(home, deck, questions, tongue).show(Optional.empty());
            return 0;
        } catch (Failure failure) {
            System.err.println(words.say(failure.what()) + "\n" + words.say(failure.next()));
            return 1;
        }
    }
}
