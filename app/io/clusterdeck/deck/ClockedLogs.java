package io.clusterdeck.deck;

import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.clock.Clocks;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.ClusterSpec;
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
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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

    private final Supplier<ClusterSpec> spec;
    private final Watch watch;
    private final Links links;
    private final HostOperations hosts;
    private final Source source;
    private final Duration again;

    /** @param again after so long a clock is measured once more, as long as its log is followed: clocks drift, and are set */
    ClockedLogs(
            Supplier<ClusterSpec> spec, Watch watch, Links links, HostOperations hosts, Source source, Duration again) {
        this.spec = spec;
        this.watch = watch;
        this.links = links;
        this.hosts = hosts;
        this.source = source;
        this.again = again;
    }

    @Override
    public Followed follow(NodeId id, int back, Consumer<LogEntry> to) throws Failure, InterruptedException {
        var node = watch.now().node(id);
        var first = clock(id);
        var clock = new AtomicReference<>(first.orElse(ClockOffset.NONE));
        var zone = node.flatMap(this::host).isPresent()
                ? zone(node.flatMap(this::host).orElseThrow())
                : Optional.<ZoneId>empty();
        var last = new LogEntry[1];
        var following = source.log(id, back, line -> {
            var entry = LogEntry.of(
                    id,
                    line.text(),
                    zone.orElse(ZoneOffset.UTC),
                    Objects.requireNonNull(clock.get()),
                    Optional.ofNullable(last[0]));
            last[0] = entry;
            to.accept(entry);
        });
        var name = node.map(n -> n.address().toString()).orElse(id.brief());
        return new Followed(
                new Clocked(
                        following, Thread.ofVirtual().name("clock of " + name).start(() -> keep(id, clock, following))),
                first.isPresent() && zone.isPresent()
                        ? Optional.empty()
                        : Optional.of(
                                Say.of(zone.isEmpty() ? "deck.logs.no-zone" : "deck.logs.no-clock", "node", name)));
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
        public void close() {
            clock.interrupt();
            log.close();
        }
    }

    private void keep(NodeId id, AtomicReference<ClockOffset> clock, Following log) {
        try {
            while (!log.over()) {
                Thread.sleep(again);
                clock(id).ifPresent(clock::set);
            }
        } catch (InterruptedException closed) {
            LOG.debug("the clock of {} is measured no more", id.brief());
        }
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

    private Optional<HostName> host(Node node) {
        return spec.get().sites().stream()
                .filter(s -> s.at(node.address()))
                .map(NodeSite::host)
                .findFirst()
                .or(node::host);
    }

    private Optional<ZoneId> zone(HostName host) throws InterruptedException {
        try {
            return Optional.of(hosts.look(host).zone());
        } catch (Failure unseen) {
            LOG.debug("the zone of {} can't be asked: {}", host, unseen.what());
            return Optional.empty();
        }
    }
}
