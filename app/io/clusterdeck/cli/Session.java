package io.clusterdeck.cli;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.words.Words;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One command line from start to end: its words, where it writes, the deck it works on, and what must be ended with it. */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    final Terminal terminal;
    final Words words;
    final Screen screen;
    private final Map<String, String> environment;
    private final Opening opening;
    private final Deque<AutoCloseable> atEnd = new ArrayDeque<>();
    private @Nullable Deck deck;
    private boolean quiet;
    private boolean ended;

    Session(Terminal terminal, Words words, Map<String, String> environment, Opening opening, Screen screen) {
        this.terminal = terminal;
        this.words = words;
        this.environment = environment;
        this.opening = opening;
        this.screen = screen;
    }

    void quiet(boolean quiet) {
        this.quiet = quiet;
    }

    /** The deck; opened when it is first wanted. */
    synchronized Deck deck(Answering answers) throws Failure {
        var open = deck;
        if (open == null) {
            open = opening.open(person(answers));
            deck = open;
            atEnd(open);
            open.note().ifPresent(this::note);
        }
        return open;
    }

    Person person(Answering answers) {
        return new Person(terminal, words, answers, environment);
    }

    /** The file that holds a secret, if one was named. */
    Optional<String> answersFile(Answering answers, Answering.Kind kind) {
        return answers.file(kind, environment);
    }

    /** The word by which nodes know CONFIG, where it was given in a file or is to be asked for. */
    Optional<Secret> configWord(Answering answers, boolean ask) {
        return ask || answersFile(answers, Answering.Kind.CONFIG_WORD).isPresent()
                ? person(answers).configWord()
                : Optional.empty();
    }

    /** The cluster that is meant: by name, or the only one there is. */
    OpenCluster cluster(Answering answers, @Nullable String name) throws Failure, Misuse {
        return deck(answers).open(known(answers, name));
    }

    /** Whether a cluster has that name. */
    boolean knows(Answering answers, String name) throws Failure {
        return deck(answers).clusters().stream().map(ClusterSpec::name).anyMatch(name::equals);
    }

    /** Its name, be it kept; and that of the only one there is where none is named. */
    String known(Answering answers, @Nullable String name) throws Failure, Misuse {
        var known = deck(answers).clusters().stream().map(ClusterSpec::name).toList();
        if (name != null && known.contains(name)) {
            return name;
        }
        if (known.isEmpty()) {
            throw new Misuse(Say.of("cli.no-cluster"));
        }
        if (name != null) {
            throw new Misuse(Say.of("cli.unknown-cluster", "cluster", name, "known", List.copyOf(known)));
        }
        if (known.size() > 1) {
            throw new Misuse(Say.of("cli.which-cluster", "known", List.copyOf(known)));
        }
        return known.getFirst();
    }

    /** Ends with this session, last first; also when it is interrupted. */
    synchronized void atEnd(AutoCloseable thing) {
        atEnd.push(thing);
    }

    /** A result, for stdout. */
    void result(String text) {
        terminal.out.println(text);
        terminal.out.flush();
    }

    /** Whether results are lost: their reader has gone, or the disk to which they go is full. */
    boolean unread() {
        return terminal.out.checkError();
    }

    void result(Say say) {
        result(words.say(say));
    }

    /** Something on the way, for stderr; not with {@code --quiet}. */
    void progress(String text) {
        if (!quiet) {
            terminal.err.println(text);
        }
    }

    /** Something that must be seen, for stderr. */
    void note(Say say) {
        terminal.err.println(words.say(say));
    }

    void failed(Say what, Say next) {
        terminal.err.println(terminal.bad(words.say(what)));
        var advice = words.say(next);
        if (!advice.equals(next.toString())) {
            terminal.err.println(advice);
        }
    }

    String list(List<Say> says) {
        return says.stream().map(words::say).collect(Collectors.joining("\n"));
    }

    /** Once, by whoever comes first: the end of the command, or Ctrl-C. */
    @Override
    public void close() {
        Deque<AutoCloseable> things;
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
            things = new ArrayDeque<>(atEnd);
        }
        for (var thing : things) {
            try {
                thing.close();
            } catch (Exception failed) {
                LOG.warn("{} was not closed", thing, failed);
            }
        }
    }
}
