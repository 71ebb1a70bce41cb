package io.clusterdeck.cli;

import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words that end and begin a node's process, and the one that hands its shard over. */
final class NodeWords {

    private NodeWords() {}

    @Command(name = "kill")
    static final class Kill extends ActWord {

        @Parameters(paramLabel = "NODE")
        String node = "";

        @ArgGroup
        @Nullable
        Softly softly;

        /** Another signal than KILL. */
        static final class Softly {
            @Option(names = "--term")
            boolean term;

            @Option(names = "--pause", paramLabel = "SECONDS")
            int pause;
        }

        Kill(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var cluster = cluster();
            return take(cluster.nodes().kill(node(cluster, node).id(), signal()));
        }

        private Signal signal() throws Misuse {
            if (softly == null) {
                return new Signal.Kill();
            }
            if (softly.term) {
                return new Signal.Term();
            }
            if (softly.pause <= 0) {
                throw new Misuse(Say.of("cli.bad-pause", "pause", softly.pause));
            }
            return new Signal.Stop(Duration.ofSeconds(softly.pause));
        }
    }

    /** Takes a node, or {@code --all}. */
    abstract static class OneOrAll extends ActWord {

        @ArgGroup(multiplicity = "1")
        Which which = new Which();

        /** One of the two. */
        static final class Which {
            @Parameters(paramLabel = "NODE")
            @Nullable
            String node;

            @Option(names = "--all", required = true)
            boolean all;
        }

        OneOrAll(Session session) {
            super(session);
        }
    }

    @Command(name = "start")
    static final class Start extends OneOrAll {

        Start(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var cluster = cluster();
            var named = which.node;
            if (named != null) {
                return take(cluster.nodes().start(node(cluster, named).id()));
            }
            var seen = seen(cluster); // what does not answer must have been waited for
            session.progress(new Topology(session).text(seen));
            return take(cluster.nodes().startAll());
        }
    }

    @Command(name = "stop")
    static final class Stop extends OneOrAll {

        Stop(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var cluster = cluster();
            var named = which.node;
            if (named != null) {
                return take(cluster.nodes().stop(node(cluster, named).id()));
            }
            var seen = seen(cluster);
            session.progress(new Topology(session).text(seen));
            return take(cluster.nodes().stopAll());
        }
    }

    @Command(name = "restart")
    static final class Restart extends ActWord {

        @Parameters(paramLabel = "NODE")
        String node = "";

        @Option(names = "--keep-settings")
        boolean keep;

        @Option(names = "--give-log")
        boolean log;

        Restart(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var cluster = cluster();
            var id = node(cluster, node).id();
            return take(log ? cluster.nodes().giveLog(id) : cluster.nodes().restart(id, keep));
        }
    }

    @Command(name = "failover")
    static final class Failover extends ActWord {

        @Parameters(paramLabel = "REPLICA")
        String node = "";

        @ArgGroup
        @Nullable
        Harder harder;

        /** Another way than the graceful one. */
        static final class Harder {
            @Option(names = "--force")
            boolean force;

            @Option(names = "--takeover")
            boolean takeover;
        }

        Failover(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var how = harder == null ? How.GRACEFUL : harder.force ? How.FORCE : How.TAKEOVER;
            var cluster = cluster();
            return take(cluster.failover().failover(node(cluster, node).id(), how));
        }
    }
}
