package io.clusterdeck.views.ask;

import io.clusterdeck.deck.Questions;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.fx.Fx;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** Lets worker threads ask the person at the window, one question after the other. A cancelled asker takes its question back. */
public final class AskModel implements Questions {
    /** What is asked. */
    public sealed interface Question {
        record Trust(HostSpec host, String keyType, String fingerprint) implements Question {}

        record HostSecret(Want want) implements Question {}

        /** Of the window itself: keys of the title, the text and the button. */
        record Confirm(String title, String why, String yes) implements Question {}

        record ClusterPassword(String cluster, boolean again) implements Question {}
    }

    /** A question and who waits for its answer: empty for no. */
    public record Asked(Question question, CompletableFuture<Optional<String>> answer) {}

    private final ConcurrentLinkedQueue<Asked> coming = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Asked> waiting = new ArrayDeque<>();
    private final ReadOnlyObjectWrapper<Optional<Asked>> present = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Fx<Boolean> next = new Fx<>(b -> next());

    /** The question to be shown now. FX thread. */
    public ReadOnlyObjectProperty<Optional<Asked>> presentProperty() {
        return present.getReadOnlyProperty();
    }

    @Override
    public boolean trust(HostSpec host, String keyType, String fingerprint) throws InterruptedException {
        return ask(new Question.Trust(host, keyType, fingerprint)).isPresent();
    }

    @Override
    public Optional<Secret> secret(Want want) throws InterruptedException {
        return ask(new Question.HostSecret(want)).map(Secret::of);
    }

    @Override
    public Optional<Secret> password(String cluster, boolean again) throws InterruptedException {
        return ask(new Question.ClusterPassword(cluster, again)).map(Secret::of);
    }

    private Optional<String> ask(Question question) throws InterruptedException {
        var asked = new Asked(question, new CompletableFuture<>());
        coming.add(asked);
        next.accept(true);
        try {
            return asked.answer().get();
        } catch (InterruptedException cancelled) {
            asked.answer().complete(Optional.empty());
            next.accept(true);
            throw cancelled;
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Asks for the window itself, without waiting; {@code yes} is run on the FX thread. FX thread. */
    public void ask(String title, String why, String button, Runnable yes) {
        var asked = new Asked(new Question.Confirm(title, why, button), new CompletableFuture<>());
        asked.answer().thenAccept(a -> a.ifPresent(x -> yes.run()));
        coming.add(asked);
        next();
    }

    /** Answers the present question. FX thread. */
    public void answer(Optional<String> answer) {
        present.get().ifPresent(a -> a.answer().complete(answer));
        next();
    }

    private void next() {
        for (var asked = coming.poll(); asked != null; asked = coming.poll()) {
            waiting.add(asked);
        }
        waiting.removeIf(a -> a.answer().isDone());
        present.set(Optional.ofNullable(waiting.peek()));
    }
}
