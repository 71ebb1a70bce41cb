package io.clusterdeck.deck;

import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.export.Exports;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.redis.snapshot.SnapshotReader;
import io.clusterdeck.redis.snapshot.Taken;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import io.clusterdeck.sign.PublicKey;
import io.clusterdeck.sign.Signature;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Keeping;
import io.clusterdeck.store.SayLog;
import io.clusterdeck.store.Snapshots;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The archive over a home folder. */
final class DeckArchive implements Archive {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int EVENTS = 5_000;

    /** Opens a cluster by name. */
    interface Clusters {
        OpenCluster open(String name) throws Failure;
    }

    private final Home home;
    private final Clusters clusters;
    private final Map<String, Failure> troubles = new ConcurrentHashMap<>();
    private final List<Consumer<Optional<String>>> listeners = new CopyOnWriteArrayList<>();

    DeckArchive(Home home, Clusters clusters) {
        this.home = home;
        this.clusters = clusters;
    }

    @Override
    public List<Kept> all() throws Failure {
        var all = new ArrayList<Kept>();
        for (var name : home.clusters()) {
            all.addAll(of(name));
        }
        for (var entry : home.imported().all()) {
            all.add(kept("", entry));
        }
        all.sort(Comparator.comparing(Kept::at).reversed());
        return List.copyOf(all);
    }

    @Override
    public List<Kept> of(String cluster) throws Failure {
        return home.snapshots(cluster).all().stream().map(e -> kept(cluster, e)).toList();
    }

    private static Kept kept(String cluster, Snapshots.Entry entry) {
        var why = Taken.Why.HAND;
        for (var each : Taken.Why.values()) {
            if (word(each).equals(entry.why())) {
                why = each;
            }
        }
        return new Kept(cluster, entry.file(), entry.at(), why);
    }

    private static String word(Taken.Why why) {
        return why.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Snapshot read(Kept kept) throws Failure {
        return open(kept.file());
    }

    @Override
    public Snapshot open(Path file) throws Failure {
        return SnapshotReader.read(Snapshots.read(file), file.getFileName().toString());
    }

    @Override
    public Kept take(String cluster) throws Failure, InterruptedException {
        var open = clusters.open(cluster);
        var state = Configurations.told(open.watch().look(PATIENCE), open.links());
        if (state.nodes().isEmpty()) {
            throw new NotAllowed(
                    Say.of("archive.nothing-seen", "cluster", cluster), Say.of("archive.nothing-seen.next"));
        }
        return keep(cluster, state, Taken.byHand(self()));
    }

    @Override
    public Optional<Failure> trouble(String cluster) {
        return Optional.ofNullable(troubles.get(cluster));
    }

    void troubled(String cluster, Failure why) {
        troubles.put(cluster, why);
        tell(cluster);
    }

    void mended(String cluster) {
        if (troubles.remove(cluster) != null) {
            tell(cluster);
        }
    }

    /** Keeps a state, and lets go what the rule no longer wants; where that can't be done all stay, which is a trouble of its own. */
    Kept keep(String cluster, ClusterState state, Taken taken) throws Failure {
        var folder = home.snapshots(cluster);
        var entry = folder.keep(state.at(), word(taken.why()), SnapshotJson.text(new Snapshot(state, taken)));
        try {
            for (var surplus : home.keeping().surplus(folder.all(), Instant.now())) {
                Snapshots.remove(surplus);
            }
            mended(cluster);
        } catch (Failure unthinned) {
            troubled(cluster, unthinned);
        }
        tell(cluster);
        return kept(cluster, entry);
    }

    @Override
    public Kept bring(Path file) throws Failure {
        var snapshot = open(file);
        var what = new ArrayList<>(snapshot.taken().what());
        what.addFirst(Say.of("archive.imported", "file", file.getFileName()));
        var taken = new Taken(Taken.Why.IMPORT, snapshot.taken().by(), what);
        var text = SnapshotJson.text(new Snapshot(snapshot.state(), taken));
        var entry = home.imported().keep(snapshot.state().at(), "import", text);
        tell("");
        return kept("", entry);
    }

    @Override
    public Removed remove(Kept kept) throws Failure {
        var content = Snapshots.read(kept.file());
        var entry = new Snapshots.Entry(kept.file(), kept.at(), word(kept.why()));
        audited(kept, "deck.audit.snapshot-removed", () -> Snapshots.remove(entry));
        tell(kept.cluster());
        return new Removed(kept, content);
    }

    @Override
    public Kept restore(Removed removed) throws Failure {
        var kept = removed.kept();
        var folder = kept.imported() ? home.imported() : home.snapshots(kept.cluster());
        var entry = new AtomicReference<Snapshots.Entry>();
        audited(
                kept,
                "deck.audit.snapshot-restored",
                () -> entry.set(folder.keep(kept.at(), word(kept.why()), removed.content())));
        tell(kept.cluster());
        return kept(kept.cluster(), Objects.requireNonNull(entry.get()));
    }

    /** An imported one is no cluster's of ours. */
    private void audited(Kept kept, String what, Deeds.Deed deed) throws Failure {
        if (kept.imported()) {
            deed.act();
        } else {
            new Deeds(home, kept.cluster()).audited(Say.of(what, "at", kept.at()), deed);
        }
    }

    @Override
    public void export(Snapshot snapshot, Format format, Speech speech, Path file, boolean sign) throws Failure {
        export(Exports.of(format, snapshot, speech), file, sign);
    }

    @Override
    public void export(Comparison comparison, Format format, Speech speech, Path file, boolean sign) throws Failure {
        export(Exports.of(format, comparison, speech), file, sign);
    }

    @Override
    public void export(byte[] content, Path file, boolean sign) throws Failure {
        if (sign && Files.exists(file) && !Files.isRegularFile(file)) {
            throw new NotAllowed(Say.of("archive.unsignable", "file", file), Say.of("archive.unsignable.next"));
        }
        write(file, content);
        if (sign) {
            var signature = Signature.of(content, home.signingKey().pair());
            write(beside(file), signature.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static Path beside(Path file) {
        return file.resolveSibling(file.getFileName() + ".sig");
    }

    /** Whole or not at all where it is a file; a device, a pipe or a link is written to, and never replaced. */
    private static void write(Path file, byte[] bytes) throws Failure {
        var target = file.toAbsolutePath();
        var part = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                    && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.write(file, bytes);
                return;
            }
            try {
                Files.write(part, bytes);
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw new NotAllowed(
                    Say.of("archive.unwritable", "file", file, "why", failed),
                    Say.of("archive.unwritable.next"),
                    failed);
        }
    }

    @Override
    public Checked check(Path file) throws Failure {
        byte[] content;
        String text;
        try {
            content = Files.readAllBytes(file);
            text = Files.readString(beside(file), StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new NotAllowed(
                    Say.of("archive.no-signature", "file", file, "signature", beside(file), "why", failed),
                    Say.of("archive.no-signature.next"),
                    failed);
        }
        var signature = Signature.read(text)
                .orElseThrow(() -> new NotAllowed(
                        Say.of("archive.odd-signature", "signature", beside(file)),
                        Say.of("archive.odd-signature.next")));
        boolean ours = PublicKey.of(home.signingKey().pair().getPublic()).equals(signature.by());
        return new Checked(signature.holds(content), signature.by(), ours);
    }

    @Override
    public String publicKey() throws Failure {
        return PublicKey.of(home.signingKey().pair().getPublic()).line("clusterdeck:" + self());
    }

    /** The account and computer, {@code ops@deck1}. */
    static String self() {
        return io.clusterdeck.plan.Operator.name();
    }

    @Override
    public List<SayLog.Entry> events(String cluster) throws Failure {
        return home.events(cluster).last(EVENTS);
    }

    @Override
    public Keeping keeping() throws Failure {
        return home.keeping();
    }

    @Override
    public void keep(Keeping keeping) throws Failure {
        home.keep(keeping);
    }

    @Override
    public Subscription each(Consumer<Optional<String>> to) {
        listeners.add(to);
        return () -> listeners.remove(to);
    }

    private void tell(String cluster) {
        var whose = cluster.isEmpty() ? Optional.<String>empty() : Optional.of(cluster);
        listeners.forEach(l -> l.accept(whose));
    }
}
