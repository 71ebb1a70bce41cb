package io.clusterdeck.cli;

import io.clusterdeck.ssh.Secret;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Where the command line reads and writes: results to {@code out}, everything else to {@code err}, both UTF-8. */
final class Terminal {

    final PrintStream out;
    final PrintStream err;
    final boolean colours;
    private final BufferedReader in;
    private final @Nullable Console console;

    Terminal(PrintStream out, PrintStream err, BufferedReader in, @Nullable Console console, boolean colours) {
        this.out = out;
        this.err = err;
        this.in = in;
        this.console = console;
        this.colours = colours;
    }

    static Terminal system(Map<String, String> environment) {
        var console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElse(null);
        boolean colours = console != null
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(
                utf8(FileDescriptor.out),
                utf8(FileDescriptor.err),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                console,
                colours);
    }

    private static PrintStream utf8(FileDescriptor to) {
        return new PrintStream(new FileOutputStream(to), true, StandardCharsets.UTF_8);
    }

    /** Whether a person sits there. */
    boolean interactive() {
        return console != null;
    }

    /** A line that a person types; empty at the end of input. */
    Optional<String> line(String question) {
        err.print(question + " ");
        err.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException closed) {
            LoggerFactory.getLogger(Terminal.class).debug("no more input", closed);
            return Optional.empty();
        }
    }

    /** A secret that a person types without its being shown; empty where nobody sits there or nothing was typed. */
    Optional<Secret> secret(String question) {
        if (console == null) {
            return Optional.empty();
        }
        err.print(question + " ");
        err.flush();
        var typed = console.readPassword();
        return Optional.ofNullable(typed).filter(t -> t.length > 0).map(Secret::new);
    }

    /** The first line of standard input, as a secret. */
    Optional<Secret> piped() throws IOException {
        return Optional.ofNullable(in.readLine()).map(Secret::of);
    }

    String good(String text) {
        return colours ? "\u001b[32m" + text + "\u001b[0m" : text;
    }

    String bad(String text) {
        return colours ? "\u001b[31m" + text + "\u001b[0m" : text;
    }

    String quiet(String text) {
        return colours ? "\u001b[2m" + text + "\u001b[0m" : text;
    }
}
