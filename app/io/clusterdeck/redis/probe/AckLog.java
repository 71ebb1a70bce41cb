package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The probe's own record of what was acknowledged to it, one line each: milliseconds, node, key. Safe for use by many threads. */
final class AckLog implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AckLog.class);

    private final Writer out;
    private boolean broken;

    AckLog(Path file) throws NotAllowed {
        try {
            out = Files.newBufferedWriter(file);
        } catch (IOException unwritable) {
            throw new NotAllowed(
                    Say.of("probe.unwritable", "file", file, "why", unwritable),
                    Say.of("probe.unwritable.next"),
                    unwritable);
        }
    }

    synchronized void write(Shard shard, String key, ShardProbe.Ack ack) {
        try {
            out.write(ack.at() + " " + ack.by() + " " + key + "\n");
        } catch (IOException full) {
            if (!broken) {
                LOG.error(
                        "what {} acknowledged can't be written down; it is still remembered",
                        shard.master().address(),
                        full);
            }
            broken = true;
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException full) {
            LOG.error("the log of acknowledged writes is not whole", full);
        }
    }
}
