package io.clusterdeck.lab;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.Complete;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master dies on six hosts, two of which have clocks that are 3 s wrong, while logs rotate; who comes later reads the same back. */
@Tag("lab")
class FailoverLabTest {
    @TempDir
    Path folder;

    @Test
    void itIsToldFromLogsThatRotateOnClocksThatAreWrong() throws Exception {
        try (var made = new Skewed(folder, 6, 3)) {
            var masters = made.masters();
            try (var witnesses = new Witnesses(made)) {
                witnesses.logsRotateWhile(masters.get(0), masters.get(1));
                readBack(made, witnesses, masters.getFirst().id());
            }
        }
    }

    private static void readBack(Skewed made, Witnesses witnesses, NodeId failed) throws Exception {
        try (var later = made.record(made.spec())) {
            Witnesses.soon(() -> {
                var read = Witnesses.taken(later, failed);
                Complete.inOrder(read.timeline());
                Complete.same(Witnesses.taken(witnesses.all, failed), read);
            });
        }
    }
}
