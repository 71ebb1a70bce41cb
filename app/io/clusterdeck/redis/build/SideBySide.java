package io.clusterdeck.redis.build;

import io.clusterdeck.say.Bug;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at once on virtual threads and waits for all; interrupting the caller ends them. */
final class SideBySide {

    private SideBySide() {}

    sealed interface Answer<T> {}

    record Came<T>(T value) implements Answer<T> {}

    record Failed<T>(Failure why) implements Answer<T> {}

    /** The answers in the order of what was asked. */
    static <T> List<Answer<T>> all(String name, List<? extends Callable<T>> asked) throws InterruptedException {
        var factory = Thread.ofVirtual().name(name + " ", 0).factory();
        var executor = Executors.newThreadPerTaskExecutor(factory);
        try {
            var futures = asked.stream().map(executor::submit).toList();
            var answers = new ArrayList<Answer<T>>();
            for (Future<T> future : futures) {
                answers.add(answer(future));
            }
            return answers;
        } finally {
            executor.shutdownNow();
        }
    }

    /** Likewise; the first failure of all, in that order, is thrown. */
    static <T> List<T> values(String name, List<? extends Callable<T>> asked) throws Failure, InterruptedException {
        var values = new ArrayList<T>();
        for (Answer<T> answer : SideBySide.<T>all(name, asked)) {
            switch (answer) {
                case Came<T> came -> values.add(came.value());
                case Failed<T> failed -> throw failed.why();
            }
        }
        return values;
    }

    private static <T> Answer<T> answer(Future<T> future) throws InterruptedException {
        try {
            return new Came<>(future.get());
        } catch (ExecutionException e) {
            return new Failed<>(
                    switch (e.getCause()) {
                        case Failure f -> f;
                        case null, default ->
                            new Bug(
                                    Say.of("build.bug", "what", String.valueOf(e.getCause())),
                                    Say.of("build.bug.next"),
                                    e.getCause());
                    });
        }
    }
}
