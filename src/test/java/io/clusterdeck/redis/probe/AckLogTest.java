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
    void onAFullDiskNothingPilesUp(@TempDir Path folder) throws Exception {
        var full = Files.createSymbolicLink(folder.resolve("acks"), Path.of("/dev/full"));
        try (var log = new AckLog(full)) {
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
            log.write("k:0", at(0, 12));
        }
        assertEquals(List.of("- - k:1000"), Files.readAllLines(file));
        assertEquals(List.of("12 10.0.0.1:9000 k:0"), Files.readAllLines(folder.resolve("acks.1")));
    }

    /** However long a drill goes on: what was read back is not kept, but who was lost, and which keys there may be. */
    @Test
    void whatWasReadBackGoes(@TempDir Path folder) throws Exception {
        var file = folder.resolve("acks");
        try (var log = new AckLog(file, 10)) {
            log.mayUse("k:1000");
            for (int n = 0; n < 95; n++) {
                log.write("k:" + n, at(n, n));
            }
            log.forget(60);
            log.lost("k:7", at(7, 7));
            log.forget(61);
        }
        assertEquals(List.of("acks", "acks.10", "acks.7", "acks.8", "acks.9"), names(folder));
        assertEquals(
                "60 10.0.0.1:9000 k:60",
                Files.readAllLines(folder.resolve("acks.7")).getFirst());
        assertEquals(List.of("- - k:1000", "lost 7 10.0.0.1:9000 k:7"), Files.readAllLines(file));
        AckLog.forgetParts(file);
        assertEquals(List.of("acks"), names(folder));
    }

    private static ShardProbe.Ack at(int n, long at) {
        return new ShardProbe.Ack(n, at, NODE);
    }

    private static List<String> names(Path folder) throws Exception {
        try (var files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }
}
