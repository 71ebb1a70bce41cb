package io.clusterdeck.views.snapshots;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.deck.Archive.Kept;
import io.clusterdeck.deck.Archive.Removed;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import io.clusterdeck.store.Keeping;
import io.clusterdeck.store.SayLog;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;

/** The kept states of one cluster, or of all: which is looked at, and with which it is compared. FX thread. */
public final class SnapshotsModel {
    /** What happened last. @param undo what was removed and can be brought back */
    public record Note(Say what, boolean bad, List<Removed> undo) {
        Note(Say what, boolean bad) {
            this(what, bad, List.of());
        }
    }

    private static final String UNKEPT = "snapshots.unkept";

    private final Archive archive;
    private final Optional<String> cluster;
    private final ReadOnlyObjectWrapper<List<Kept>> all = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<SayLog.Entry>> events = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<List<Kept>> chosen = new SimpleObjectProperty<>(List.of());
    private final ReadOnlyObjectWrapper<Shown> shown = new ReadOnlyObjectWrapper<>(new Shown.Nothing());
    private final ReadOnlyObjectWrapper<Optional<Note>> note = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Keeping> keeping = new ReadOnlyObjectWrapper<>(Keeping.DEFAULT);
    private final BooleanProperty sign = new SimpleBooleanProperty(true);

    /** What is being removed: still kept while others of it are gone, and not to be looked at any more. */
    private final Set<Kept> going = new HashSet<>();

    /** How many times the lists were asked for. */
    private int lists;

    /** @param cluster of which, or empty for all and the imported ones */
    public SnapshotsModel(Archive archive, Optional<String> cluster) {
        this.archive = archive;
        this.cluster = cluster;
        archive.each(new Fx<>(c -> refresh()));
        chosen.subscribe(now -> read());
        refresh();
        Work.begin("read the rule", archive::keeping, keeping::set, this::failed);
    }

    /** Reads the lists anew: other processes keep states, too. */
    public void refresh() {
        int mine = ++lists;
        Work.begin(
                "list snapshots",
                () -> cluster.isPresent() ? archive.of(cluster.get()) : archive.all(),
                now -> {
                    if (mine == lists) { // one that was begun later knows more, though it may be there first
                        listed(now);
                    }
                },
                this::failed);
        cluster.ifPresent(c -> Work.begin("read events", () -> archive.events(c), events::set, this::failed));
        var trouble = cluster.flatMap(archive::trouble);
        if (trouble.isPresent()) {
            tell(new Note(
                    Say.of(
                            UNKEPT,
                            "what",
                            trouble.get().what(),
                            "next",
                            trouble.get().next()),
                    true));
        } else if (note.get().filter(n -> n.what().key().equals(UNKEPT)).isPresent()) {
            note.set(Optional.empty());
        }
    }

    private void listed(List<Kept> kept) {
        var now = kept.stream().filter(k -> !going.contains(k)).toList();
        if (now.equals(all.get())) {
            return;
        }
        all.set(now);
        var still = chosen.get().stream().filter(now::contains).toList();
        if (still.isEmpty() && !now.isEmpty()) {
            chosen.set(List.of(now.getFirst()));
        } else if (!still.equals(chosen.get())) {
            chosen.set(still);
        }
    }

    private void read() {
        var wanted = chosen.get();
        if (wanted.isEmpty()) {
            shown.set(new Shown.Nothing());
            return;
        }
        Work.begin(
                "read a snapshot",
                () -> Shown.read(archive, wanted),
                now -> {
                    if (wanted.equals(chosen.get())) {
                        shown.set(now);
                    }
                },
                failure -> {
                    if (wanted.equals(chosen.get())) {
                        shown.set(new Shown.Unread());
                        failed(failure);
                    }
                });
    }

    public Optional<String> cluster() {
        return cluster;
    }

    /** Newest first. */
    public ReadOnlyObjectProperty<List<Kept>> allProperty() {
        return all.getReadOnlyProperty();
    }

    /** What happened while it was watched, oldest first. */
    public ReadOnlyObjectProperty<List<SayLog.Entry>> eventsProperty() {
        return events.getReadOnlyProperty();
    }

    /** One to look at, or two to compare. */
    public ObjectProperty<List<Kept>> chosenProperty() {
        return chosen;
    }

    public ReadOnlyObjectProperty<Shown> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Note>> noteProperty() {
        return note.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Keeping> keepingProperty() {
        return keeping.getReadOnlyProperty();
    }

    /** Whether a signature is written beside each export. */
    public BooleanProperty signProperty() {
        return sign;
    }

    public void keep(Keeping now) {
        Work.begin(
                "keep the rule",
                () -> {
                    archive.keep(now);
                    return now;
                },
                keeping::set,
                this::failed);
    }

    /** One step to an older state (+1) or to a newer one (−1). */
    public void step(int by) {
        if (chosen.get().isEmpty()) {
            return;
        }
        int at = all.get().indexOf(chosen.get().getFirst()) + by;
        if (at >= 0 && at < all.get().size()) {
            chosen.set(List.of(all.get().get(at)));
        }
    }

    public void take() {
        cluster.ifPresent(c -> Work.begin(
                "take a snapshot of " + c,
                () -> archive.take(c),
                kept -> {
                    tell(new Note(Say.of("snapshots.taken"), false));
                    refresh();
                    chosen.set(List.of(kept));
                },
                this::failed));
    }

    /** Compares the chosen state with one that was not kept: what is now. */
    public void compare(ClusterState now) {
        if (shown.get() instanceof Shown.One one) {
            shown.set(new Shown.Two(Comparison.between(one.snapshot().state(), now)));
        }
    }

    /** Writes what is shown: a state, or a comparison. */
    public void export(Format format, Path file, Speech speech) {
        var now = shown.get();
        boolean signed = sign.get();
        if (now instanceof Shown.Nothing || now instanceof Shown.Unread) {
            return;
        }
        Work.begin(
                "export to " + file,
                () -> {
                    switch (now) {
                        case Shown.One one -> archive.export(one.snapshot(), format, speech, file, signed);
                        case Shown.Two two -> archive.export(two.comparison(), format, speech, file, signed);
                        case Shown.Nothing nothing -> {}
                        case Shown.Unread unread -> {}
                    }
                    return file;
                },
                done -> tell(new Note(
                        Say.of(signed ? "snapshots.exported.signed" : "snapshots.exported", "file", done), false)),
                this::failed);
    }

    public void bring(Path file) {
        Work.begin(
                "import " + file,
                () -> archive.bring(file),
                kept -> {
                    tell(new Note(Say.of("snapshots.imported", "file", file.getFileName()), false));
                    refresh();
                    chosen.set(List.of(kept));
                },
                this::failed);
    }

    /** Removes what is chosen; all of it can be brought back. */
    public void remove() {
        var gone = chosen.get();
        var removed = new CopyOnWriteArrayList<Removed>();
        var what = gone.size() == 1
                ? Say.of("snapshots.removed", "at", gone.getFirst().at())
                : Say.of("snapshots.removed.all", "n", gone.size());
        going.addAll(gone);
        Work.begin(
                "remove snapshots",
                () -> {
                    for (var kept : gone) {
                        removed.add(archive.remove(kept));
                    }
                    return gone;
                },
                all -> went(gone, new Note(what, false, List.copyOf(removed))),
                failure -> went(gone, new Note(because(failure), true, List.copyOf(removed))));
    }

    private void went(List<Kept> gone, Note now) {
        going.removeAll(gone);
        tell(now);
        refresh();
    }

    public void undo(List<Removed> removed) {
        Work.begin(
                "restore snapshots",
                () -> {
                    var back = new ArrayList<Kept>();
                    for (var one : removed) {
                        back.add(archive.restore(one));
                    }
                    return back;
                },
                back -> {
                    note.set(Optional.empty());
                    refresh();
                    chosen.set(List.copyOf(back));
                },
                this::failed);
    }

    private static Say because(Failure failure) {
        return Say.of("snapshots.failed", "what", failure.what(), "next", failure.next());
    }

    private void failed(Failure failure) {
        tell(new Note(because(failure), true));
    }

    private void tell(Note now) {
        note.set(Optional.of(now));
    }
}
