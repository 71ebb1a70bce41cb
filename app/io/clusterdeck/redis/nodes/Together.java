package io.clusterdeck.redis.nodes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Asks many at once, each on a virtual thread, and answers in their order. */
public final class Together {
    private Together() {}

    /** What each is asked. */
    @FunctionalInterface
    public interface Question<A, B> {
        B ask(A of) throws Exception;
    }

    /** Every answer, or the interruption; a question that fails is a mistake of the program. */
    public static <A, B> List<B> ask(List<A> all, Question<A, B> question) throws InterruptedException {
        try (var threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("together-", 0).factory())) {
            var asked = new ArrayList<Future<B>>();
            for (var one : all) {
                asked.add(threads.submit(() -> question.ask(one)));
            }
            var answers = new ArrayList<B>();
            for (var one : asked) {
                try {
                    answers.add(one.get());
                } catch (ExecutionException mistake) {
                    throw new IllegalStateException(mistake.getCause());
                } catch (InterruptedException stop) {
                    threads.shutdownNow();
                    throw stop;
                }
            }
            return answers;
        }
    }
}
