package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.watch.ClusterWatch;
import java.time.Duration;
import java.util.List;

/** A cluster is opened, watched and recorded as the deck does it, until this is closed; what was kept stays on the shelf. */
final class Sitting implements AutoCloseable {
    private final LettuceLinks links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
    private final ClusterWatch watch;
    private final Recorder recorder;

    Sitting(ClusterSpec spec, Shelf shelf) {
        watch = new ClusterWatch(() -> spec, links);
        recorder = new Recorder(() -> spec, watch, links, new LocalGround(), shelf);
    }

    /** What is told once all that was written is read, and the nodes were seen. */
    List<Timeline> settled() throws InterruptedException {
        watch.look(Duration.ofSeconds(20));
        return timelines(recorder.settled(Duration.ofSeconds(60)));
    }

    List<Timeline> told() {
        return timelines(recorder.all());
    }

    private static List<Timeline> timelines(List<Kept> kept) {
        return kept.stream().map(Kept::timeline).toList();
    }

    @Override
    public void close() {
        recorder.close();
        watch.close();
        links.close();
    }
}
