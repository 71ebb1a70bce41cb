package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.timeline.Shelf;
import io.clusterdeck.redis.timeline.TimelineJson;
import io.clusterdeck.redis.watch.Watch;
import java.util.List;
import java.util.function.Supplier;

/** Failovers as a kept cluster would have them: of orders-prod one that went well and one that nobody could make. */
final class SampleFailovers {
    private SampleFailovers() {}

    static Recorder recorder(Supplier<ClusterSpec> spec, Watch watch, String name) {
        var recorder = new Recorder(spec, watch, new Nowhere.NoLinks(), new Nowhere.NoGround(), new Shelf() {
            @Override
            public void keep(String id, String json) {}

            @Override
            public List<String> names() {
                return name.equals("orders-prod") ? List.of("20261122-120410-9000", "20261120-080000-9001") : List.of();
            }

            @Override
            public String read(String id) {
                return TimelineJson.text(id.endsWith("9000") ? ActedFailovers.taken() : ActedFailovers.stuck());
            }
        });
        var kept = name.equals("orders-prod") ? 2 : 0;
        await().until(() -> recorder.all().size() == kept);
        return recorder;
    }
}
