package io.clusterdeck.cli;

import io.clusterdeck.deck.Questions;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Answers from options, files and standard input, else asks whoever sits at the terminal; where nobody does, says what would have helped. */
final class Person implements Questions {

    private final Terminal terminal;
    private final Words words;
    private final Answering answers;
    private final Map<String, String> environment;
    private final Set<String> shown = new HashSet<>();

    Person(Terminal terminal, Words words, Answering answers, Map<String, String> environment) {
        this.terminal = terminal;
        this.words = words;
        this.answers = answers;
        this.environment = environment;
    }

    @Override
    public synchronized boolean trust(HostSpec host, String keyType, String fingerprint) {
        boolean again = !shown.add(host.address() + " " + fingerprint);
        if (again && !terminal.interactive()) {
            return answers.acceptNew; // said once: nobody's answer changes while we go on trying
        }
        var what = Say.of(
                "cli.trust", "host", host.name(), "address", host.address(), "type", keyType, "print", fingerprint);
        terminal.err.println(words.say(what));
        if (answers.acceptNew) {
            terminal.err.println(words.say("cli.trust.accepted"));
            return true;
        }
        if (!terminal.interactive()) {
            terminal.err.println(words.say("cli.trust.nobody"));
            return false;
        }
        return yes(words.say("cli.trust.question"));
    }

    /** Only a whole yes is one: the choice is about who may read passwords. */
    private boolean yes(String question) {
        var answer = terminal.line(question).orElse("").toLowerCase(Locale.ROOT);
        return answer.equals("yes") || answer.equals("是");
    }

    @Override
    public synchronized Optional<Secret> secret(Want want) {
        var kind = switch (want.kind()) {
            case PASSWORD -> Answering.Kind.SSH_PASSWORD;
            case SUDO -> Answering.Kind.SUDO_PASSWORD;
            case PASSPHRASE -> Answering.Kind.PASSPHRASE;
        };
        var question = switch (want.kind()) {
            case PASSWORD -> Say.of("cli.ask.password", "host", want.host().name(), "what", want.what());
            case SUDO -> Say.of("cli.ask.sudo", "host", want.host().name());
            case PASSPHRASE -> Say.of("cli.ask.passphrase", "file", want.what());
        };
        return answer(kind, question, want.again());
    }

    @Override
    public synchronized Optional<Secret> password(String cluster, boolean again) {
        var question = Say.of("cli.ask.cluster", "cluster", cluster);
        try {
            if (answers.passwordFromStdin && !again) {
                return terminal.piped();
            }
        } catch (IOException unreadable) {
            terminal.err.println(words.say("cli.stdin-unreadable", "why", unreadable));
            return Optional.empty();
        }
        return answer(Answering.Kind.PASSWORD, question, again);
    }

    @Override
    public synchronized void waits(Say why) {
        if (shown.add(String.valueOf(why))) {
            terminal.err.println(words.say(why));
        }
    }

    /** The word by which nodes know CONFIG. */
    synchronized Optional<Secret> configWord() {
        return answer(Answering.Kind.CONFIG_WORD, Say.of("cli.ask.config-word"), false);
    }

    /** One that is to be, from a file or typed; {@code twice} to rule out a slip. */
    synchronized Optional<Secret> newPassword(Optional<String> file, boolean twice) {
        if (file.isPresent()) {
            return read(Path.of(file.get()));
        }
        if (!terminal.interactive()) {
            var question = Say.of("cli.ask.new-password");
            terminal.err.println(words.say("cli.ask.nobody", "question", question, "option", "--new-password-file"));
            return Optional.empty();
        }
        var typed = terminal.secret(words.say("cli.ask.new-password"));
        if (twice && !typed.equals(terminal.secret(words.say("cli.ask.new-password-again")))) {
            terminal.err.println(words.say("cli.ask.not-alike"));
            return Optional.empty();
        }
        return typed;
    }

    /** A file's answer is given once: after a wrong one there is nothing to gain from it. */
    private Optional<Secret> answer(Answering.Kind kind, Say question, boolean again) {
        var file = answers.file(kind, environment);
        if (file.isPresent() && !again) {
            return read(Path.of(file.get()));
        }
        if (terminal.interactive()) {
            if (again) {
                terminal.err.println(words.say("cli.ask.wrong"));
            }
            return terminal.secret(words.say(question));
        }
        if (shown.add(kind + " " + question)) { // said once: nobody comes while we go on trying
            terminal.err.println(words.say(unanswered(kind, question, file)));
        }
        return Optional.empty();
    }

    /** Who gave an answer is not told to give one, but that it was wrong. */
    private Say unanswered(Answering.Kind kind, Say question, Optional<String> file) {
        boolean piped = kind == Answering.Kind.PASSWORD && answers.passwordFromStdin;
        if (file.isPresent() || piped) {
            Object given = piped ? Say.of("cli.ask.stdin") : file.get();
            return Say.of("cli.ask.given-wrong", "question", question, "given", given);
        }
        var option = "--" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-file";
        return Say.of("cli.ask.nobody", "question", question, "option", option);
    }

    private Optional<Secret> read(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().map(Secret::of);
        } catch (IOException | UncheckedIOException unreadable) {
            terminal.err.println(words.say("cli.file-unreadable", "file", file, "why", unreadable));
            return Optional.empty();
        }
    }
}
