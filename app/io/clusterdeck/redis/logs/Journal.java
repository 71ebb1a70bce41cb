package io.clusterdeck.redis.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.model.HostZone;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The journal of a host (journald), for nodes that run as units and write to no file. */
public final class Journal {
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LETTING_GO = Duration.ofSeconds(5);

    private Journal() {}

    /**
     * Whether it holds lines of a unit for us.
     *
     * @param open whether the account may read it
     * @param written whether the unit's own processes wrote any line
     */
    public record Look(boolean open, boolean written, Optional<ZoneId> zone) {}

    /** Whoever reads it. */
    public interface Told {
        /** @param written when the journal took it, by the host's clock; 1970 where it does not say */
        void line(String unit, LogLine line, Instant written);
    }

    /** The name with its ending. */
    public static String full(String unit) {
        return unit.endsWith(".service") ? unit : unit + ".service";
    }

    /** @param unit with its ending. Blocks. */
    public static Look look(Host host, String unit) throws Failure, InterruptedException {
        var exit = host.run(Script.of("failover-log", "journal").with("unit", unit), line -> {});
        return new Look(exit.fact("readable").isPresent(), exit.fact("written").isPresent(), HostZone.of(exit));
    }

    /**
     * The last lines of units, then whatever they write, in one stream; it ends when the host is lost, and is not taken up by itself.
     *
     * @param units with their endings
     * @param to told each unit with a line of it, on a thread of the host
     */
    public static Following follow(Host host, Collection<String> units, int back, Told to) {
        var script = Script.of("failover-log", "journal-follow")
                .with("units", String.join(" ", units))
                .with("lines", back)
                .within(Duration.ofDays(3650));
        var end = new CompletableFuture<Optional<Failure>>();
        var thread = Thread.ofVirtual().name("read journal of " + host.name()).start(() -> {
            Optional<Failure> why = Optional.empty();
            try {
                var exit = host.run(script, line -> {
                    if (line instanceof Line.Text t && !t.error()) {
                        line(host, t.text(), to);
                    }
                });
                why = Optional.of(new CommandFailed(
                        Say.of("deck.journal-ended", "host", host.name()),
                        Say.of("deck.journal-ended.next"),
                        exit.code(),
                        exit.tail()));
            } catch (Failure cut) {
                why = Optional.of(cut);
                LOG.debug("the journal of {} is read no more: {}", host.name(), cut.what());
            } catch (InterruptedException over) {
                LOG.debug("the journal of {} is left", host.name());
            } finally {
                end.complete(why);
            }
        });
        return new Following() {
            @Override
            public boolean alive() {
                return !end.isDone();
            }

            @Override
            public boolean over() {
                return end.isDone();
            }

            @Override
            public Optional<Failure> end() throws InterruptedException {
                try {
                    return end.get();
                } catch (ExecutionException impossible) {
                    throw new IllegalStateException(impossible); // it is only ever completed with a value
                }
            }

            @Override
            public void close() {
                thread.interrupt();
                try {
                    thread.join(LETTING_GO);
                } catch (InterruptedException stop) {
                    Thread.currentThread().interrupt();
                }
                if (!end.isDone()) {
                    LOG.warn("the journal of {} is still read", host.name());
                }
            }
        };
    }

    private static void line(Host host, String text, Told to) {
        try {
            var entry = JSON.readTree(text);
            var unit = entry.path("_SYSTEMD_UNIT").asText();
            var where = new RemotePath("journalctl -u " + unit);
            to.line(
                    unit,
                    new LogLine(host.name(), where, 0, -1, entry.path("MESSAGE").asText()),
                    Instant.EPOCH.plus(entry.path("__REALTIME_TIMESTAMP").asLong(), ChronoUnit.MICROS));
        } catch (JsonProcessingException odd) {
            LOG.debug("a line of the journal of {} is none: {}", host.name(), text);
        }
    }
}
