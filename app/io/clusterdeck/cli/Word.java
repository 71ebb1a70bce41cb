package io.clusterdeck.cli;

import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Unreachable;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One word of the command line: runs one operation and says how it went. */
abstract class Word implements Callable<Integer> {

    final Session session;

    @Option(names = {"-q", "--quiet"})
    boolean quiet;

    @Option(names = "--lang", paramLabel = "en|zh")
    @Nullable
    String language; // looked at before anything is parsed

    @Mixin
    Answering answers = new Answering();

    Word(Session session) {
        this.session = session;
    }

    /** The exit code. */
    abstract int run() throws Failure, InterruptedException, Misuse;

    @Override
    public Integer call() {
        session.quiet(quiet);
        try {
            return run();
        } catch (Misuse wrong) {
            session.note(wrong.what());
            return Code.MISUSED;
        } catch (Unreachable failed) {
            session.failed(failed.what(), failed.next());
            return unreachable();
        } catch (Failure failed) {
            session.failed(failed.what(), failed.next());
            return Code.FAILED;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Code.FAILED;
        }
    }

    /** All that can be read, newest first; what can't is noted. */
    final List<RunState> known(Runs runs) {
        var known = runs.known();
        known.unread().forEach(u -> session.failed(u.what(), u.next()));
        return known.states();
    }

    /** What it means for this word that a host or node was not reached. */
    int unreachable() {
        return Code.FAILED;
    }
}
