package io.clusterdeck.views.act;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.failover.FailoverOperations.How;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.NodeOperations.Signal;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the operator asks for, before anyone knows whether it can be had. */
public sealed interface Wish {
    /** Asks the operation; blocks. */
    Offer ask(OpenCluster on) throws Failure, InterruptedException;

    /** What is to be told once its run was done; blocks. */
    default Optional<Act.Report> after(OpenCluster on) throws Failure, InterruptedException {
        return Optional.empty();
    }

    record Kill(NodeId node, Signal signal) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.nodes().kill(node, signal);
        }
    }

    record Start(NodeId node) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.nodes().start(node);
        }
    }

    record Stop(NodeId node) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.nodes().stop(node);
        }
    }

    record Restart(NodeId node) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.nodes().restart(node);
        }
    }

    /** A node that writes no log is to write one. */
    record GiveLog(NodeId node) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.nodes().giveLog(node);
        }
    }

    record StartAll() implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.nodes().startAll();
        }
    }

    record StopAll() implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.nodes().stopAll();
        }
    }

    /** With one replica each where there are enough servers for it. */
    record Create() implements Wish {
        private static final int ENOUGH = 6;

        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.create().offer(on.watch().now().nodes().size() < ENOUGH ? 0 : 1);
        }
    }

    record Failover(NodeId replica, How how) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.failover().failover(replica, how);
        }
    }

    /** Sets a directive on some nodes and in their files. */
    record Configure(List<NodeId> nodes, String directive, String value) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.config().set(nodes, directive, value);
        }
    }

    /** The password of a user on all nodes; without one the others than ours are retired. */
    record ChangePassword(String user, Optional<Secret> to, boolean retire) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.changePassword(user, to, retire);
        }
    }

    /** Writes what lives only in the running servers to their files. */
    record KeepSettings(List<NodeId> nodes) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.config().keep(nodes);
        }
    }

    record CheckAof(NodeId node) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.aof().check(node);
        }

        @Override
        public Optional<Act.Report> after(OpenCluster on) throws Failure, InterruptedException {
            var report = on.aof().lastReport(node);
            return report.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Act.Report(report.get(), on.aof().cures(report.get())));
        }
    }

    /** The masters back on their planned nodes. */
    record HandBack() implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.failover().handBack(on.upkeep());
        }
    }

    /** The kernels of hosts set for Redis. */
    record CureHosts(List<HostName> hosts) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.hosts().cure(hosts);
        }
    }

    /** A host that may be away. */
    record ClearHost(String host) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.safety().clearHost(host);
        }
    }

    /** A node that may be away. */
    record ClearNode(NodeId node) implements Wish {
        @Override
        public Offer ask(OpenCluster on) throws Failure, InterruptedException {
            return on.safety().clearNode(node);
        }
    }

    /** The wish that a finding's remedy names; empty where the window cannot do it yet, so that no button is shown. */
    static Optional<Wish> of(String remedy) {
        int colon = remedy.indexOf(':');
        var word = colon < 0 ? remedy : remedy.substring(0, colon);
        var node = new NodeId(colon < 0 ? "" : remedy.substring(colon + 1));
        return switch (word) {
            case "start" -> Optional.of(new Start(node));
            case "restart" -> Optional.of(new Restart(node));
            case "failover" -> Optional.of(new Failover(node, How.GRACEFUL));
            case "failover-force" -> Optional.of(new Failover(node, How.FORCE));
            case "failover-takeover" -> Optional.of(new Failover(node, How.TAKEOVER));
            case "check-aof" -> Optional.of(new CheckAof(node));
            case "hand-back" -> Optional.of(new HandBack());
            case "cure" ->
                Optional.of(new CureHosts(
                        Stream.of(node.value().split(",")).map(HostName::new).toList()));
            case "create" -> Optional.of(new Create());
            case "start-all" -> Optional.of(new StartAll());
            default -> Optional.empty();
        };
    }
}
