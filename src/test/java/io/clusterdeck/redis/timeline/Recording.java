package io.clusterdeck.redis.timeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.watch.Watch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A recorder at a real cluster; what it keeps stays in memory. */
public final class Recording implements AutoCloseable, Shelf {
    private final Map<String, String> kept = new ConcurrentHashMap<>();
    private final Recorder recorder;

    /** Returns when it has seen the cluster calm, and has begun to read each log of the spec. */
    public Recording(ClusterSpec spec, Watch watch, Links links, Ground ground) throws InterruptedException {
        recorder = new Recorder(() -> spec, watch, links, ground, this);
        // what was before is told from calm that the recorder has seen
        var calm = new CountDownLatch(3);
        try (var looking = watch.each(state -> calm.countDown())) {
            assertTrue(calm.await(60, TimeUnit.SECONDS), "the watch tells states");
        }
        recorder.settled(Duration.ofSeconds(60));
    }

    Recorder recorder() {
        return recorder;
    }

    /** The newest failover that is as wanted, once there is one. */
    public Timeline await(String what, Predicate<Timeline> wanted) {
        try {
            return Awaitility.await(what)
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> timelines().stream().filter(wanted).findFirst(), Optional::isPresent)
                    .orElseThrow();
        } catch (org.awaitility.core.ConditionTimeoutException late) {
            throw new AssertionError(
                    what + " did not come: "
                            + recorder.all().stream().map(Shown::text).toList(),
                    late);
        }
    }

    /** The same once it is kept, as it is read from what was kept. */
    public Kept awaitKept(String what, Predicate<Timeline> wanted) throws Exception {
        var id = await(what, wanted.and(t -> kept.containsKey(t.id()))).id();
        var text = read(id);
        var read = TimelineReader.read(text, "memory");
        assertTrue(TimelineJson.text(read).equals(text), "what is read is what was written");
        return read;
    }

    /** All that are known, those that go on first, then the newest. */
    public List<Timeline> timelines() {
        return recorder.all().stream().map(Kept::timeline).toList();
    }

    @Override
    public void keep(String name, String json) {
        kept.put(name, json);
    }

    @Override
    public List<String> names() {
        return List.copyOf(kept.keySet());
    }

    @Override
    public String read(String name) {
        return Optional.ofNullable(kept.get(name)).orElseThrow();
    }

    @Override
    public void close() {
        recorder.close();
    }
}
