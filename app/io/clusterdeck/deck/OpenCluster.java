package io.clusterdeck.deck;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.aof.AofOperations;
import io.clusterdeck.redis.config.ConfigOperations;
import io.clusterdeck.redis.create.CreateOperations;
import io.clusterdeck.redis.drill.DrillOperations;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.hosts.CableOperations;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.safety.SafetyOperations;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A cluster that is being watched, and what can be done to it. */
public interface OpenCluster {

    /** As last known; never waits. */
    ClusterSpec spec();

    /** Changes what is kept of it: the production mark, the read-only switch. */
    void keep(ClusterSpec changed) throws Failure;

    /** Changes what is known of it by now, whatever was learned since it was last asked for. */
    void change(UnaryOperator<ClusterSpec> change) throws Failure;

    Watch watch();

    Links links();

    NodeOperations nodes();

    FailoverOperations failover();

    AofOperations aof();

    /** Why a node is not matched to its host and process yet, and what to do; nothing when it is. Never waits. */
    Optional<Failure> unmatched(Node node);

    /**
     * When the hosts were looked at, all of them as far as they let us, for the first time since it was last said how to sign in; nothing
     * until then. Never waits.
     */
    Optional<Instant> looked();

    /** Hosts of which it is not known how they are set and what starts their nodes: not looked at yet, or not to be reached. */
    List<HostName> unseen();

    /** Why a host can't be looked at when one signs in that way; nothing while it was not tried, and where it can. Never waits. */
    Optional<Failure> unseen(HostSpec how);

    /** Signs in to a host that way from now on, and looks there for nodes at once; what was seen of it before counts no more. */
    void signIn(HostSpec how) throws Failure;

    /** Signs in to a host no more; nothing on it is changed. Not allowed where nodes have their files there, or it leads to another host. */
    void signOut(HostName host) throws Failure;

    /** The word by which its nodes know CONFIG, where their files can't tell; kept among the secrets. */
    void configWord(Secret word) throws Failure;

    /**
     * A change of the password of a user on all nodes.
     *
     * @param user empty for the default one
     * @param to the new one; empty for the one with which we sign in, to retire all others
     * @param retire whether it is the only one from then on; every node must let it in already
     */
    Offer changePassword(String user, Optional<Secret> to, boolean retire) throws InterruptedException;

    /** What its nodes are set to, and changing it. */
    ConfigOperations config();

    /** The failovers of this cluster, recorded from when this is first asked for. */
    Recorder timelines();

    /** Rehearsals of what can go wrong, and how they went. */
    DrillOperations drills();

    /** Makes a cluster of servers that run and are empty. */
    CreateOperations create();

    /** The hosts: what they are and what runs there. */
    HostOperations hosts();

    /** The ways between the hosts. */
    CableOperations cables();

    /** What its consoles share. */
    Consoles consoles();

    /** Logs of several nodes by one clock. */
    MergedLogs logs();

    /** Is it safe to do without a host or a node now? */
    SafetyOperations safety();

    /** Where the masters belong, and which findings are muted. */
    Upkeep upkeep();

    /** Takes the masters as they are now for the planned ones. */
    void planMasters() throws Failure;

    /** Lets findings of a rule count no more, on one node or on all; kept with who, when and why, and audited. */
    void mute(String rule, Optional<NodeAddress> node, String note) throws Failure;

    void unmute(String rule, Optional<NodeAddress> node) throws Failure;

    /** Follows a node's log: the last {@code back} lines, then what comes. Fails with the reason where it has none. */
    Following log(NodeId node, int back, Consumer<LogLine> to) throws Failure, InterruptedException;
}
