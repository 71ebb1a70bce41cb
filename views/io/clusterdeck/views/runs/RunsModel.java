package io.clusterdeck.views.runs;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Run;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** The runs of all clusters: those that this window started can be stopped here, the others are looked at. FX thread. */
public final class RunsModel {
    private final Runs runs;
    private final Map<PlanId, RunState> changed = new ConcurrentHashMap<>();
    private final Map<PlanId, RunState> known = new HashMap<>();
    private final List<Run> begun = new CopyOnWriteArrayList<>();
    private final Map<PlanId, Run> live = new HashMap<>();
    private final Map<PlanId, Output> outputs = new HashMap<>();
    private final ReadOnlyObjectWrapper<List<RunState>> all = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<List<Failure>> unread = new ReadOnlyObjectWrapper<>(List.of());
    private final ObjectProperty<Optional<PlanId>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final Fx<Boolean> drain = new Fx<>(b -> drain());

    /** A run with the output that it wrote since it was started. */
    private record Followed(Run run, Output output) {}

    public RunsModel(Runs runs) {
        this.runs = runs;
        runs.each(this::changed);
        Work.begin(
                "read runs",
                runs::known,
                found -> {
                    found.states().forEach(r -> known.putIfAbsent(r.plan().id(), r));
                    publish();
                    unread.set(found.unread());
                },
                failure -> unread.set(List.of(failure)));
    }

    /** Why some runs of earlier processes are not shown, where they can't be read. */
    public ReadOnlyObjectProperty<List<Failure>> unreadProperty() {
        return unread.getReadOnlyProperty();
    }

    private void changed(RunState state) {
        changed.put(state.plan().id(), state);
        drain.accept(true);
    }

    private void drain() {
        for (var id : List.copyOf(changed.keySet())) {
            var state = changed.remove(id);
            if (state != null) {
                known.put(id, state);
                if (state.ended().isPresent()) {
                    live.remove(id);
                }
            }
        }
        publish();
    }

    private void publish() {
        all.set(known.values().stream()
                .sorted(Comparator.comparing(RunState::began).reversed())
                .toList());
    }

    /** Newest first. */
    public ReadOnlyObjectProperty<List<RunState>> allProperty() {
        return all.getReadOnlyProperty();
    }

    public Optional<RunState> state(PlanId id) {
        return Optional.ofNullable(known.get(id));
    }

    /** The run that the page shows. */
    public ObjectProperty<Optional<PlanId>> chosenProperty() {
        return chosen;
    }

    public void start(Offer.Ready agreed, Runnable started, Consumer<Failure> failed) {
        begin("start " + agreed.plan().id(), () -> runs.start(agreed), started, failed);
    }

    /** Goes on where it stopped. @param accept approves what is different now */
    public void again(PlanId id, boolean accept, Consumer<Failure> failed) {
        begin("go on with " + id, () -> accept ? runs.accept(id) : runs.resume(id), () -> {}, failed);
    }

    private void begin(String name, Callable<Run> begin, Runnable started, Consumer<Failure> failed) {
        Work.begin(
                name,
                () -> {
                    var run = begin.call();
                    begun.add(run);
                    var output = new Output(run.state());
                    run.each(output);
                    return new Followed(run, output);
                },
                followed -> {
                    var state = followed.run().state();
                    var id = state.plan().id();
                    known.put(id, state);
                    outputs.put(id, followed.output());
                    if (state.ended().isEmpty()) {
                        live.put(id, followed.run());
                    }
                    chosen.set(Optional.of(id));
                    publish();
                    started.run();
                },
                failed);
    }

    /** Whether it runs in this process, so that it can be stopped from here. */
    public boolean stoppable(PlanId id) {
        return live.containsKey(id);
    }

    /** Ends every run of this process and waits until each has let go of its cluster. Off the FX thread. */
    public void endAll() throws InterruptedException {
        for (var run : List.copyOf(begun)) {
            if (run.state().ended().isEmpty()) {
                run.cancel();
            }
            run.await();
        }
    }

    /** Whether any run of this process goes on. */
    public boolean anyLive() {
        return !live.isEmpty();
    }

    /** Cancelling waits for remote work to end, so it is asked for off the FX thread. */
    public void cancel(PlanId id) {
        ask("cancel " + id, id, Run::cancel);
    }

    public void stopAfterStep(PlanId id) {
        ask("stop " + id, id, Run::stopAfterStep);
    }

    private void ask(String name, PlanId id, Consumer<Run> what) {
        var run = live.get(id);
        if (run != null) {
            Work.begin(
                    name,
                    () -> {
                        what.accept(run);
                        return true;
                    },
                    done -> {},
                    failure -> {});
        }
    }

    /** What it wrote; for a run of an earlier process what its journal kept. */
    public Output output(RunState state) {
        return outputs.computeIfAbsent(state.plan().id(), id -> new Output(state));
    }
}
