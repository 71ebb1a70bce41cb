package io.clusterdeck.views.fx;

import io.clusterdeck.say.Bug;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blocking work that a view asked for: on a named virtual thread, its outcome back on the FX thread. */
public final class Work {
    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private Work() {}

    /**
     * Begins at once. Interrupting the returned thread cancels the work; then neither consumer is called.
     *
     * @param done told the result, on the FX thread
     * @param failed told why not, on the FX thread
     */
    public static <T> Thread begin(String name, Callable<T> work, Consumer<T> done, Consumer<Failure> failed) {
        var onDone = new Fx<>(done);
        var onFailed = new Fx<>(failed);
        return Thread.ofVirtual().name(name).start(() -> {
            try {
                onDone.accept(work.call());
            } catch (InterruptedException cancelled) {
                Thread.currentThread().interrupt();
            } catch (Failure failure) {
                LOG.info("{}: {}", name, failure.what());
                onFailed.accept(failure);
            } catch (Exception | Error mistake) { // without an answer the page would wait for ever
                LOG.error("{} failed", name, mistake);
                onFailed.accept(bug(mistake));
            }
        });
    }

    /** What has an end but no result. */
    public interface Deed {
        void run() throws Exception;
    }

    /** As {@link #begin}, of what nobody waits for. */
    public static void run(String name, Deed deed, Consumer<Failure> failed) {
        begin(
                name,
                () -> {
                    deed.run();
                    return true;
                },
                done -> {},
                failed);
    }

    private static Bug bug(Throwable mistake) {
        return new Bug(Say.of("views.bug", "what", mistake), Say.of("views.bug.next"), mistake);
    }
}
