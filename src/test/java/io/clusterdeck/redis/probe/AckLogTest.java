package io.clusterdeck.redis.probe;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.NodeAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a probe writes down of its writes, and what becomes of it where nothing can be written. */
class AckLogTest {
    private static final NodeAddress NODE = new NodeAddress("10.0.0.1", 9000);

    /** A drill goes on for hours on a full disk: what nobody writes must not stay in memory. */
    @Test
    void onAFullDiskNothingPilesUp() throws Exception {
        try (var log = new AckLog(Path.of("/dev/full"))) {
            log.mayUse("k:1000");
            await().until(() -> !log.writes());
            for (int n = 0; n < AckLog.BLOCK; n++) {
                log.write("k:" + n, new ShardProbe.Ack(n, n, NODE));
            }
            assertEquals(0, log.waiting());
        }
    }

    @Test
    void everythingIsWrittenBeforeItEnds(@TempDir Path folder) throws Exception {
        var file = folder.resolve("acks");
        try (var log = new AckLog(file)) {
            log.mayUse("k:1000");
            log.write("k:0", new ShardProbe.Ack(0, 12, NODE));
        }
        assertEquals(List.of("- - k:1000", "12 10.0.0.1:9000 k:0"), Files.readAllLines(file));
    }
}
