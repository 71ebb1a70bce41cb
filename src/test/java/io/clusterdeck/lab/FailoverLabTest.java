package io.clusterdeck.lab;

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
        try (var made = new Skewed(folder, 6, 3);
                var witnesses = new Witnesses(made)) {
            var masters = made.masters();
            var failed = masters.getFirst().id();
            witnesses.logsRotateWhile(masters.get(0), masters.get(1));
            try (var later = made.record(made.spec())) {
                Witnesses.soon(() -> {
                    var read = Witnesses.taken(later, failed);
                    Complete.inOrder(read.timeline());
                    Complete.same(Witnesses.taken(witnesses.all, failed), read);
                });
            }
        }
    }
}
