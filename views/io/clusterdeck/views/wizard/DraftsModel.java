package io.clusterdeck.views.wizard;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Drafting;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Draft;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.runs.RunsModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The drafts of this computer: begun, kept whenever something changes, taken up again, deleted. FX thread, except {@link #settle}. */
public final class DraftsModel {
    private final Drafting drafting;
    private final Taking taking;
    private final RunsModel runs;
    private final Supplier<Collection<String>> known;
    private final Map<String, WizardModel> open = new HashMap<>();
    private final Map<String, Draft> kept = new HashMap<>();
    private final ReadOnlyObjectWrapper<List<Line>> lines = new ReadOnlyObjectWrapper<>(List.of());
    /** One after the other, so that the latest stays. */
    private final ExecutorService saving = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("keep draft").factory());

    /** What waits to be kept, by draft: of many changes only the last is written. */
    private final Map<String, Save> waiting = new ConcurrentHashMap<>();

    private final ConcurrentLinkedQueue<Saved> outcomes = new ConcurrentLinkedQueue<>();
    private final Fx<Boolean> told = new Fx<>(b -> drain());

    /** Takes a snapshot of a cluster by its name; blocks. */
    interface Taking {
        Archive.Kept take(String cluster) throws Failure, InterruptedException;
    }

    /** A draft in the navigation; its name may be empty yet. */
    public record Line(String id, String name) {}

    private record Save(Draft draft, Optional<Secret> password) {}

    private record Saved(String id, Optional<Failure> failure, Instant at) {}

    /** @param known names of the clusters that are kept */
    public DraftsModel(Deck deck, RunsModel runs, Supplier<Collection<String>> known) {
        this.drafting = deck.drafting();
        this.taking = name -> deck.archive().take(name);
        this.runs = runs;
        this.known = known;
        Work.begin("read drafts", drafting::drafts, this::found, failure -> {});
        runs.allProperty()
                .subscribe(all -> List.copyOf(open.values()).stream()
                        .filter(w -> w.built.proven() && (kept.containsKey(w.id()) || has(w.id())))
                        .forEach(w -> forget(w.id())));
    }

    private boolean has(String id) {
        return lines.get().stream().anyMatch(l -> l.id().equals(id));
    }

    private void found(List<Draft> drafts) {
        var all = new ArrayList<>(lines.get());
        for (var draft : drafts) {
            kept.putIfAbsent(draft.id(), draft);
            if (!has(draft.id())) {
                all.add(new Line(draft.id(), Tree.text(Tree.map(draft.tree(), "blueprint"), "name")));
            }
        }
        lines.set(List.copyOf(all));
    }

    public ReadOnlyObjectProperty<List<Line>> linesProperty() {
        return lines.getReadOnlyProperty();
    }

    /** A new draft, or the one that was begun and has nothing in it yet; it is kept from its first entry on. */
    public String begin() {
        return open.values().stream()
                .filter(WizardModel::isPristine)
                .map(WizardModel::id)
                .findFirst()
                .orElseGet(() -> {
                    var id = "draft-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
                    open.put(id, model(id));
                    return id;
                });
    }

    private WizardModel model(String id) {
        return new WizardModel(id, drafting, runs, known, this::keep, taking, Understood::of);
    }

    /** A draft as it was left; empty where there is none of that id. */
    public Optional<WizardModel> open(String id) {
        var there = open.get(id);
        if (there != null) {
            return Optional.of(there);
        }
        var draft = kept.get(id);
        if (draft == null) {
            return Optional.empty();
        }
        var model = model(id);
        open.put(id, model);
        model.resume(draft.tree());
        model.saved.set(Optional.of(draft.saved()));
        Work.begin(
                "password of " + id,
                () -> drafting.password(id),
                p -> p.ifPresent(s -> model.conf.typed.set(s.reveal())),
                failure -> {});
        model.hosts.lookAtAll();
        return Optional.of(model);
    }

    private void keep(WizardModel model) {
        if (model.isPristine() && !has(model.id()) || model.built.proven()) {
            return;
        }
        var line = new Line(model.id(), model.name().get().strip());
        if (!lines.get().contains(line)) {
            var now = new ArrayList<>(lines.get());
            now.replaceAll(l -> l.id().equals(line.id()) ? line : l);
            if (!has(line.id())) {
                now.addFirst(line);
            }
            lines.set(List.copyOf(now));
        }
        var save = new Save(new Draft(model.id(), Instant.now(), model.draft()), model.conf.password());
        kept.put(model.id(), save.draft());
        if (waiting.put(model.id(), save) == null) {
            saving.execute(() -> write(model.id()));
        }
    }

    private void write(String id) {
        var save = waiting.remove(id);
        if (save == null) {
            return;
        }
        Optional<Failure> failed = Optional.empty();
        try {
            drafting.keep(save.draft());
            drafting.keepPassword(id, save.password());
        } catch (Failure failure) {
            failed = Optional.of(failure);
        }
        outcomes.add(new Saved(id, failed, Instant.now()));
        told.accept(true);
    }

    private void drain() {
        for (var done = outcomes.poll(); done != null; done = outcomes.poll()) {
            var model = open.get(done.id());
            if (model != null) {
                if (done.failure().isEmpty()) {
                    model.saved.set(Optional.of(done.at()));
                }
                model.trouble.set(done.failure());
            }
        }
    }

    /** Deletes a draft, with the password that was typed for it; its hosts are not touched. */
    public void delete(String id) {
        var model = open.remove(id);
        if (model != null) {
            model.close();
        }
        forget(id);
    }

    private void forget(String id) {
        kept.remove(id);
        waiting.remove(id);
        lines.set(lines.get().stream().filter(l -> !l.id().equals(id)).toList());
        saving.execute(() -> {
            try {
                drafting.forget(id);
            } catch (Failure failure) {
                outcomes.add(new Saved(id, Optional.of(failure), Instant.now()));
                told.accept(true);
            }
        });
    }

    /** Reads a blueprint's file; a path may begin with {@code ~/}. */
    static void read(String file, Consumer<Reading> to, Consumer<Failure> failed) {
        Work.begin(
                "read blueprint",
                () -> {
                    try {
                        return BlueprintReader.read(path(file));
                    } catch (IOException | InvalidPathException unreadable) {
                        throw new NotAllowed(
                                Say.of("wizard.unreadable", "file", file),
                                Say.of("wizard.unreadable.next"),
                                unreadable);
                    }
                },
                to,
                failed);
    }

    /** Writes a text for the operator. */
    static void write(String file, String text, Consumer<Path> done, Consumer<Failure> failed) {
        Work.begin(
                "write " + file,
                () -> {
                    try {
                        return Files.writeString(path(file), text);
                    } catch (IOException | InvalidPathException unwritable) {
                        throw new NotAllowed(
                                Say.of("wizard.unwritable", "file", file, "why", unwritable),
                                Say.of("wizard.unwritable.next"),
                                unwritable);
                    }
                },
                done,
                failed);
    }

    private static Path path(String file) {
        return Path.of(file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file);
    }

    /** Waits until everything that was entered is kept. Off the FX thread, at the window's end. */
    public void settle() throws InterruptedException {
        try {
            saving.submit(() -> {}).get();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        }
    }

    /** Ends what still looks at hosts; drafts are kept to the end. */
    public void close() {
        open.values().forEach(WizardModel::close);
    }
}
