package io.clusterdeck.views;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Speech;
import io.clusterdeck.store.Keeping;
import io.clusterdeck.store.SayLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Kept states in memory. */
final class SampleArchive implements Archive {
    private final Map<Kept, Snapshot> kept = new LinkedHashMap<>();
    private final Map<Kept, Snapshot> gone = new LinkedHashMap<>();
    private final List<Consumer<Optional<String>>> listeners = new CopyOnWriteArrayList<>();
    final List<SayLog.Entry> events = new ArrayList<>();
    final List<Path> exported = new ArrayList<>();

    @Nullable
    Failure trouble;

    @Nullable
    Failure unreadable;

    private Keeping keeping = Keeping.DEFAULT;

    synchronized Kept put(String cluster, Snapshot snapshot) {
        var one = new Kept(
                cluster,
                Path.of("/snapshots/" + kept.size() + ".json.gz"),
                snapshot.state().at(),
                snapshot.taken().why());
        kept.put(one, snapshot);
        listeners.forEach(l -> l.accept(cluster.isEmpty() ? Optional.empty() : Optional.of(cluster)));
        return one;
    }

    @Override
    public synchronized List<Kept> all() {
        return kept.keySet().stream()
                .sorted(Comparator.comparing(Kept::at).reversed())
                .toList();
    }

    @Override
    public Optional<Failure> trouble(String cluster) {
        return Optional.ofNullable(trouble);
    }

    @Override
    public List<Kept> of(String cluster) {
        return all().stream().filter(k -> k.cluster().equals(cluster)).toList();
    }

    @Override
    public synchronized Snapshot read(Kept one) throws Failure {
        if (unreadable != null) {
            throw unreadable;
        }
        var snapshot = kept.get(one);
        if (snapshot == null) {
            throw new IllegalArgumentException(one.toString());
        }
        return snapshot;
    }

    @Override
    public Snapshot open(Path file) {
        throw new UnsupportedOperationException("a sample has no files");
    }

    @Override
    public Kept take(String cluster) throws Failure {
        return put(cluster, read(of(cluster).getFirst()));
    }

    @Override
    public Kept bring(Path file) {
        throw new UnsupportedOperationException("a sample has no files");
    }

    @Override
    public synchronized Removed remove(Kept one) {
        gone.put(one, Objects.requireNonNull(kept.remove(one)));
        listeners.forEach(l -> l.accept(Optional.of(one.cluster())));
        return new Removed(one, "");
    }

    @Override
    public synchronized Kept restore(Removed removed) {
        kept.put(removed.kept(), Objects.requireNonNull(gone.remove(removed.kept())));
        return removed.kept();
    }

    @Override
    public void export(Snapshot snapshot, Format format, Speech speech, Path file, boolean sign) {
        exported.add(file);
    }

    @Override
    public void export(Comparison comparison, Format format, Speech speech, Path file, boolean sign) {
        exported.add(file);
    }

    @Override
    public void export(byte[] content, Path file, boolean sign) {
        exported.add(file);
    }

    @Override
    public Checked check(Path file) {
        throw new UnsupportedOperationException("a sample has no files");
    }

    @Override
    public String publicKey() {
        return "ssh-ed25519 AAAA ops@deck1";
    }

    @Override
    public List<SayLog.Entry> events(String cluster) {
        return List.copyOf(events);
    }

    @Override
    public Keeping keeping() {
        return keeping;
    }

    @Override
    public void keep(Keeping now) {
        keeping = now;
    }

    @Override
    public Subscription each(Consumer<Optional<String>> to) {
        listeners.add(to);
        return () -> listeners.remove(to);
    }
}
