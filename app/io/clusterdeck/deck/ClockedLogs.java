package io.clusterdeck.deck;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.clock.Clocks;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LogLine;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@link MergedLogs} of an open cluster. */
final class ClockedLogs implements MergedLogs {

    private static final Logger LOG = LoggerFactory.getLogger(ClockedLogs.class);

    /** Follows one log. */
    interface Source {
        Following log(NodeId node, int back, Consumer<LogLine> to) throws Failure, InterruptedException;
    }

    /** What is known already of a node's clock, without asking it. */
    interface Known {
        Optional<ClockOffset> clock(NodeId node);
    }

    /** So old may be what is known of a host's zone: it is only asked for where nobody looks at the host. */
    private static final Duration LATELY = Duration.ofMinutes(2);

    private final Supplier<ClusterSpec> spec;
    private final Watch watch;
    private final Links links;
    private final HostOperations hosts;
    private final Known known;
    private final Source source;
    private final Duration again;

    /** @param again after so long a clock is measured once more, as long as its log is followed: clocks drift, and are set */
    ClockedLogs(
            Supplier<ClusterSpec> spec,
            Watch watch,
            Links links,
            HostOperations hosts,
            Known known,
            Source source,
            Duration again) {
        this.spec = spec;
        this.watch = watch;
        this.links = links;
        this.hosts = hosts;
        this.known = known;
        this.source = source;
        this.again = again;
    }

    @Override
    public Followed follow(NodeId id, int back, Consumer<LogEntry> to) throws Failure, InterruptedException {
        var node = watch.now().node(id);
        var name = node.map(n -> n.address().toString()).orElse(id.brief());
        var kept = known.clock(id);
        var clock = kept.isPresent() ? kept : clock(id);
        var zone = zone(node, h -> hosts.known(h, LATELY));
        var times = new Times(id, clock.orElse(ClockOffset.NONE), zone.orElse(ZoneOffset.UTC), run(node));
        var log = source.log(id, back, line -> to.accept(times.entry(line)));
        var doubt = zone.isEmpty() ? "deck.logs.no-zone" : clock.isEmpty() ? "deck.logs.no-clock" : "";
        return new Followed(
                new Clocked(log, Thread.ofVirtual().name("clock of " + name).start(() -> keep(times, log))),
                doubt.isEmpty() ? Optional.empty() : Optional.of(Say.of(doubt, "node", name)));
    }

    /** How the times of one log are read. Lines come on one thread, clock and zone are kept up by another. */
    private static final class Times {
        private final NodeId node;
        private volatile ClockOffset clock;
        private volatile ZoneId zone;
        private String run;
        private Optional<LogEntry> last = Optional.empty();

        Times(NodeId node, ClockOffset clock, ZoneId zone, String run) {
            this.node = node;
            this.clock = clock;
            this.zone = zone;
            this.run = run;
        }

        LogEntry entry(LogLine line) {
            var entry = LogEntry.of(node, line.text(), zone, clock, last);
            last = Optional.of(entry);
            return entry;
        }
    }

    /** A log whose node's clock is kept up with until it is closed. */
    private record Clocked(Following log, Thread clock) implements Following {
        @Override
        public boolean alive() {
            return log.alive();
        }

        @Override
        public boolean over() {
            return log.over();
        }

        @Override
        public Optional<Failure> end() throws InterruptedException {
            return log.end();
        }

        @Override
        public void close() {
            clock.interrupt();
            log.close();
        }
    }

    private void keep(Times times, Following log) {
        try {
            while (!log.over()) {
                Thread.sleep(again);
                clock(times.node).ifPresent(c -> times.clock = c);
                var node = watch.now().node(times.node);
                var run = run(node);
                if (!run.isEmpty() && !run.equals(times.run)) {
                    // a server writes in the zone that its host had when it started
                    zone(node, hosts::look).ifPresent(z -> times.zone = z);
                    times.run = run;
                }
            }
        } catch (InterruptedException closed) {
            LOG.debug("the clock of {} is measured no more", times.node.brief());
        }
    }

    private static String run(Optional<Node> node) {
        return node.flatMap(Node::info).flatMap(i -> i.text("run_id")).orElse("");
    }

    private Optional<ClockOffset> clock(NodeId id) throws InterruptedException {
        var node = watch.now().node(id);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        try (var link = links.act(node.get().address())) {
            return Optional.of(Clocks.measure(link, Clocks.SAMPLES));
        } catch (Failure silent) {
            LOG.debug("the clock of {} can't be read: {}", id.brief(), silent.what());
            return Optional.empty();
        }
    }

    private interface Look {
        Machine at(HostName host) throws Failure, InterruptedException;
    }

    private Optional<ZoneId> zone(Optional<Node> node, Look look) throws InterruptedException {
        var host = node.flatMap(n -> spec.get().sites().stream()
                .filter(s -> s.at(n.address()))
                .map(NodeSite::host)
                .findFirst()
                .or(n::host));
        if (host.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(look.at(host.get()).zone());
        } catch (Failure unseen) {
            LOG.debug("the zone of {} can't be asked: {}", host.get(), unseen.what());
            return Optional.empty();
        }
    }
}
