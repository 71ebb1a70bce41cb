package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.probe.Probe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The drills of one cluster that run in this process, with their probes. Safe for use by many threads. */
public final class Rehearsals {
    /** One that runs. */
    record Live(Probe probe, Map<String, String> winners) {}

    private final Map<String, Live> live = new ConcurrentHashMap<>();
    private final List<Consumer<Optional<Probe>>> listeners = new CopyOnWriteArrayList<>();

    void begin(String run, Probe probe) {
        live.put(run, new Live(probe, new HashMap<>()));
        listeners.forEach(l -> l.accept(Optional.of(probe)));
    }

    Optional<Live> of(String run) {
        return Optional.ofNullable(live.get(run));
    }

    void end(String run) {
        var ended = live.remove(run);
        if (ended != null) {
            ended.probe().close();
            listeners.forEach(l -> l.accept(now()));
        }
    }

    /** A result was kept. */
    void kept() {
        listeners.forEach(l -> l.accept(now()));
    }

    /** The probe that measures at present, if any does. */
    public Optional<Probe> now() {
        return live.values().stream().map(Live::probe).findFirst();
    }

    /** Told whenever a probe began or ended, and once its result is kept, on a thread of its run. */
    public AutoCloseable each(Consumer<Optional<Probe>> to) {
        listeners.add(to);
        return () -> listeners.remove(to);
    }
}
