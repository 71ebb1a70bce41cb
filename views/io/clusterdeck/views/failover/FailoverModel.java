package io.clusterdeck.views.failover;

import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.timeline.Stage;
import io.clusterdeck.redis.timeline.Timeline;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.fx.Fx;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/** The failovers of a cluster, the one that is shown, and the stage that is looked at. FX thread. */
public final class FailoverModel implements AutoCloseable {

    private final ReadOnlyObjectWrapper<List<Kept>> all = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Kept>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<Stage> stage = new SimpleObjectProperty<>(Stage.SUSPECTED);
    private final ReadOnlyObjectWrapper<List<Say>> unshown = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Kept>> running = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Kept>> strip = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final Recorder recorder;
    private final Watch.Subscription subscription;
    private Optional<String> wanted = Optional.empty();
    private boolean byHand;

    public FailoverModel(Recorder recorder) {
        this.recorder = recorder;
        var paint = new Fx<List<Kept>>(now -> take(now, recorder.running()));
        subscription = recorder.each(paint);
    }

    /** Takes what is known, as the recorder hands it over. @param live the one that goes on */
    public void take(List<Kept> now, Optional<Timeline> live) {
        running.set(live.flatMap(
                t -> now.stream().filter(k -> k.timeline().id().equals(t.id())).findFirst()));
        boolean begins = now.stream()
                .anyMatch(k -> !k.timeline().over()
                        && all.get().stream()
                                .noneMatch(o ->
                                        o.timeline().id().equals(k.timeline().id())));
        all.set(now);
        strip.set(running.get().or(() -> strip.get().flatMap(was -> over(was, now))));
        unshown.set(recorder.unshown());
        if (begins) {
            wanted = Optional.empty(); // what happens now comes to the front
            byHand = false;
        }
        var kept = wanted.flatMap(id ->
                        now.stream().filter(k -> k.timeline().id().equals(id)).findFirst())
                .or(() -> now.stream().findFirst());
        shown.set(kept);
        if (!byHand) {
            kept.ifPresent(k -> stage.set(latest(k)));
        }
    }

    private static Optional<Kept> over(Kept was, List<Kept> now) {
        return now.stream()
                .filter(k -> k.timeline().id().equals(was.timeline().id())
                        && k.timeline().over())
                .findFirst();
    }

    /** While it goes on the stage that is reached, afterwards the vote, which is what people argue about. */
    private static Stage latest(Kept k) {
        if (k.timeline().over() && k.timeline().stage(Stage.VOTES).from().isPresent()) {
            return Stage.VOTES;
        }
        var reached =
                k.timeline().stages().stream().filter(s -> s.from().isPresent()).toList();
        return reached.isEmpty() ? Stage.SUSPECTED : reached.getLast().stage();
    }

    public ReadOnlyObjectProperty<List<Kept>> allProperty() {
        return all.getReadOnlyProperty();
    }

    /** Which kept ones are not among them, and why. */
    public ReadOnlyObjectProperty<List<Say>> unshownProperty() {
        return unshown.getReadOnlyProperty();
    }

    /** The one that goes on, or that has just ended. */
    ReadOnlyObjectProperty<Optional<Kept>> stripProperty() {
        return strip.getReadOnlyProperty();
    }

    /** How it ended was seen. */
    void seen() {
        strip.set(running.get());
    }

    /** How many more go on. */
    int others() {
        var live = List.of(Timeline.Outcome.RUNNING, Timeline.Outcome.STUCK);
        return (int) all.get().stream()
                .filter(k -> live.contains(k.timeline().outcome()))
                .filter(k -> !Optional.of(k).equals(strip.get()))
                .count();
    }

    /** The one that goes on, if there is one. */
    public ReadOnlyObjectProperty<Optional<Kept>> runningProperty() {
        return running.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Optional<Kept>> shownProperty() {
        return shown.getReadOnlyProperty();
    }

    public ObjectProperty<Stage> stageProperty() {
        return stage;
    }

    /** Looks at a stage, and stays there. */
    void look(Stage which) {
        byHand = true;
        stage.set(which);
    }

    void show(Kept kept) {
        wanted = Optional.of(kept.timeline().id());
        byHand = false;
        shown.set(Optional.of(kept));
        stage.set(latest(kept));
    }

    @Override
    public void close() {
        subscription.close();
    }
}
