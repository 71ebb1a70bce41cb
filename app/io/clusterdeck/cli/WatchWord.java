package io.clusterdeck.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.say.Failure;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints a cluster's state each time it changed: with --json one document per line. */
@Command(name = "watch")
final class WatchWord extends NamedClusterWord {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What moves all the time, by itself. */
    private static final List<String> RESTLESS = List.of("offset", "keys", "usedMemory");

    @Option(names = "--json")
    boolean json;

    @Option(names = "--for", paramLabel = "SECONDS")
    long seconds;

    private String last = "";
    private final CountDownLatch unread = new CountDownLatch(1);

    WatchWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var cluster = cluster();
        told(seen(cluster));
        try (var subscription = cluster.watch().each(this::told)) {
            if (seconds <= 0) {
                unread.await();
            } else {
                unread.await(seconds, TimeUnit.SECONDS);
            }
        }
        return StatusWord.code(cluster.watch().now());
    }

    private synchronized void told(ClusterState state) {
        try {
            var document = (ObjectNode) JSON.readTree(SnapshotJson.text(state));
            var calm = calm(document.deepCopy());
            if (!calm.equals(last)) {
                last = calm;
                session.result(json ? document.toString() : new Topology(session).text(state) + "\n");
                if (session.unread()) {
                    unread.countDown();
                }
            }
        } catch (JsonProcessingException bug) {
            throw new IllegalStateException(bug); // our own writer wrote it
        }
    }

    private static String calm(ObjectNode document) {
        document.remove("takenAt");
        for (JsonNode node : document.path("nodes")) {
            ((ObjectNode) node).remove(RESTLESS);
        }
        return document.toString();
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }
}
