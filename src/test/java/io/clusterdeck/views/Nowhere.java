package io.clusterdeck.views;

import io.clusterdeck.deck.Consoles;
import io.clusterdeck.deck.MergedLogs;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.clock.ClockOffset;
import io.clusterdeck.redis.console.Typed;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** What a made-up cluster stands on: nodes and hosts that nobody reaches, and a log. */
final class Nowhere {
    private Nowhere() {}

    static final String LOG = """
        1834:M 22 Nov 2026 11:58:01.204 * 10000 changes in 60 seconds. Saving...
        1834:M 22 Nov 2026 11:58:01.219 * Background saving started by pid 20114
        20114:C 22 Nov 2026 11:58:03.871 * DB saved on disk
        1834:M 22 Nov 2026 11:58:03.902 * Background saving terminated with success
        1834:M 22 Nov 2026 12:01:02.118 # Connection with replica 10.20.0.175:9004 lost.
        1834:M 22 Nov 2026 12:04:17.004 * Replica 10.20.0.175:9004 asks for synchronization
        1834:M 22 Nov 2026 12:04:17.004 * Partial resynchronization request from 10.20.0.175:9004 accepted. Sending 1203 bytes of backlog starting from offset 4812007911.
        """;

    /** Told at once, and followed for ever. */
    static Following log(Consumer<LogLine> to) {
        LOG.lines()
                .map(l ->
                        new LogLine(new HostName("h1"), new RemotePath("~/redis-cluster/9000/redis.log"), 4711, -1, l))
                .forEach(to);
        return STILL;
    }

    /** Every node is away. */
    static final class NoLinks implements Links {
        @Override
        public Link act(NodeAddress to) throws Failure {
            throw new Unreachable(Say.of("sample.refused"), Say.of("sample.gone.next"));
        }

        @Override
        public Link watch(NodeAddress to) throws Failure {
            return act(to);
        }

        @Override
        public void close() {}
    }

    static final class NoGround implements Ground {
        @Override
        public Host host(HostName name) throws Failure {
            throw new Unreachable(
                    Say.of(
                            "ssh.unreachable",
                            "host",
                            name,
                            "address",
                            name,
                            "port",
                            22,
                            "why",
                            Say.of("ssh.why-refused")),
                    Say.of("ssh.unreachable.next", "host", name, "port", 22));
        }

        @Override
        public Optional<Secret> secret(String name) {
            return Optional.empty();
        }
    }

    /** What was typed earlier; nothing is kept. */
    static final class NoConsoles implements Consoles {
        @Override
        public Links links() {
            return new NoLinks();
        }

        @Override
        public List<String> typed() {
            return List.of("cluster nodes", "get basket:4711", "set basket:4711 '3 apples'");
        }

        @Override
        public String named(String line) {
            return line;
        }

        @Override
        public void keep(Typed typed, String line) {}

        @Override
        public void audit(NodeAddress node, Typed typed) {}
    }

    /** Each node the same log, a little later. */
    static MergedLogs.Followed logs(NodeId id, int back, Consumer<LogEntry> to) {
        var last = Optional.<LogEntry>empty();
        for (var line : LOG.lines().toList()) {
            var entry = LogEntry.of(
                    id,
                    line,
                    ZoneOffset.UTC,
                    new ClockOffset(Sample.NOW, -1_000L * (id.value().hashCode() % 900), 400),
                    last);
            to.accept(entry);
            last = Optional.of(entry);
        }
        return new MergedLogs.Followed(STILL, Optional.empty());
    }

    /** A log in which nothing happens any more. */
    static final Following STILL = new Following() {
        @Override
        public boolean alive() {
            return true;
        }

        @Override
        public boolean over() {
            return false;
        }

        @Override
        public Optional<Failure> end() throws InterruptedException {
            new CountDownLatch(1).await();
            return Optional.empty();
        }

        @Override
        public void close() {}
    };
}
