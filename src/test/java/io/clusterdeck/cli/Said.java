package io.clusterdeck.cli;

import io.clusterdeck.deck.DeckApp;
import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.store.Home;
import io.clusterdeck.words.Words;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** What one command line said, with the real deck over a home in a folder, and nobody at the terminal. */
record Said(int code, String out, String err) {

    static Said by(Path folder, String... args) throws Exception {
        return by(folder, Screen.NONE, args);
    }

    /** Until its run dies. */
    static Said by(Path folder, JournalTap tap, String... args) throws Exception {
        return by(folder, Screen.NONE, tap, new ByteArrayOutputStream(), args);
    }

    static Said by(Path folder, Screen screen, String... args) throws Exception {
        return by(folder, screen, JournalTap.NONE, new ByteArrayOutputStream(), args);
    }

    /** @param err where what it says on the way can be read meanwhile */
    static Said by(Path folder, Screen screen, ByteArrayOutputStream err, String... args) throws Exception {
        return by(folder, screen, JournalTap.NONE, err, args);
    }

    /** With a reader of its results that has gone. */
    static Said unread(Path folder, String... args) throws Exception {
        var gone = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        return by(folder, Screen.NONE, JournalTap.NONE, gone, new ByteArrayOutputStream(), args);
    }

    private static Said by(Path folder, Screen screen, JournalTap tap, ByteArrayOutputStream err, String... args)
            throws Exception {
        return by(folder, screen, tap, new ByteArrayOutputStream(), err, args);
    }

    private static Said by(
            Path folder, Screen screen, JournalTap tap, OutputStream out, ByteArrayOutputStream err, String... args)
            throws Exception {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                null,
                false);
        var home = Home.at(folder.resolve("home"));
        Map<String, String> environment = Map.of();
        var session = new Session(
                terminal,
                Words.in(Cli.locale(args, environment)),
                environment,
                person -> DeckApp.open(home, person, tap),
                screen);
        int code = Cli.run(args, session);
        var results = out instanceof ByteArrayOutputStream kept ? kept.toString(StandardCharsets.UTF_8) : "";
        return new Said(code, results, err.toString(StandardCharsets.UTF_8));
    }
}
