package io.clusterdeck.redis.drill;

import java.util.Optional;

/** One thing that goes wrong on purpose. Where no target is named, the first shard, or a host whose loss can be survived, is taken. */
public sealed interface Fault {

    /** What it is called where it is written down. */
    default String word() {
        return switch (this) {
            case Kill k -> "kill";
            case KillHost k -> "kill-host";
            case KillMajority k -> "kill-majority";
            case Hang h -> "hang";
            case Cut c -> "cut";
            case Slow s -> "slow";
            case Stop s -> "stop";
            case HandOver h -> "hand-over";
            case RestartAll r -> "restart-all";
        };
    }

    /**
     * A node that is meant.
     *
     * @param address {@code host:port}; empty to take it by shard and role; with the role of a replica, where it is a master, its first one
     * @param shard counted from 1 by first slot
     * @param role of which the first is taken
     */
    record Target(Optional<String> address, int shard, Role role) {
        static final Target FIRST_MASTER = new Target(Optional.empty(), 1, Role.MASTER);
        static final Target FIRST_REPLICA = new Target(Optional.empty(), 1, Role.REPLICA);

        /** The same role, but that node or one of its shard. */
        Target in(String other) {
            return new Target(Optional.of(other), 1, role);
        }

        static Target at(String address) {
            return new Target(Optional.of(address), 1, Role.MASTER);
        }
    }

    enum Role {
        MASTER,
        REPLICA
    }

    /** Which packets of a host are lost: those it receives, those it sends, or both. */
    enum Way {
        BOTH,
        IN,
        OUT
    }

    /** SIGKILL; started again afterwards. */
    record Kill(Target node) implements Fault {}

    /** Every node of a host at once. */
    record KillHost(Optional<String> host) implements Fault {}

    /** As few masters at once as leave no majority. */
    record KillMajority() implements Fault {}

    /** SIGSTOP: it holds its connections and answers nothing. */
    record Hang(Target node) implements Fault {}

    /** No packet between the Redis and bus ports of this host's nodes and the others; clients still reach them. */
    record Cut(Optional<String> host, Way way) implements Fault {}

    /** A share of these packets is lost, so that TCP waits and repeats. @param loss percent */
    record Slow(Optional<String> host, int loss) implements Fault {}

    /** An orderly stop: hands over first, then ends. */
    record Stop(Target node) implements Fault {}

    /** A manual failover of the shard of this master. */
    record HandOver(Target node) implements Fault {}

    /** Every node once, replicas first; a master hands over before. */
    record RestartAll() implements Fault {}
}
