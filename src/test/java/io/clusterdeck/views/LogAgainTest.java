package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.logs.LogsModel;
import io.clusterdeck.views.runs.RunsModel;
import java.util.HashMap;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A log that there was none of is shown once there is: the node was restarted for it. */
@Tag("window")
class LogAgainTest {
    private static final NotAllowed NONE = new NotAllowed(Say.of("deck.no-log"), Say.of("deck.no-log.next"));

    @Test
    void aNodeThatWasGivenOne() {
        var deck = new SampleDeck();
        var cluster = deck.add(Samples.orders(), Sample.orders().state());
        cluster.refuseLogs(Optional.of(NONE));
        var live = Stagehand.onFx(() -> new Live(cluster, new RunsModel(deck.runs())));
        var model = Stagehand.onFx(() -> new LogsModel(live));
        Stagehand.fx(() -> model.open(Sample.id(9000)));
        await().until(() -> state(model) instanceof LogsModel.State.Failed);

        Stagehand.fx(() -> live.take(Sample.orders().epoch(13).state()));
        assertInstanceOf(LogsModel.State.Failed.class, state(model), "it is the process that has none");

        cluster.refuseLogs(Optional.empty());
        Stagehand.fx(() -> live.take(restarted()));
        await().until(() -> state(model) instanceof LogsModel.State.Open);
        assertFalse(Stagehand.onFx(() -> model.lines().isEmpty()));
        Stagehand.fx(() -> {
            model.close();
            live.close();
        });
    }

    private static LogsModel.State state(LogsModel model) {
        return Stagehand.onFx(() -> model.stateProperty().get());
    }

    private static ClusterState restarted() {
        return Sample.orders().node(9000, LogAgainTest::restarted).state();
    }

    private static Node restarted(Node n) {
        var info = n.info().orElseThrow();
        var text = new HashMap<>(info.info());
        text.put("run_id", "e".repeat(40));
        return n.telling(new NodeInfo(info.at(), text, info.clusterInfo()));
    }
}
