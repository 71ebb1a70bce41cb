package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node's own log says last of failovers: the only place where Redis tells why it gave one up. */
record HeirLog(Ops ops, NodeAddress node) {
    private static final Logger LOG = LoggerFactory.getLogger(HeirLog.class);
    private static final int BYTES = 64 * 1024;
    private static final String WON = "election won";

    /** Manual, forced or taking over: in every release, each request that is accepted leaves one of these. */
    private static final Pattern ACCEPTED =
            Pattern.compile("failover user request accepted|Taking over the (master|primary)");

    /** Its lines since it was last told to fail over; none where no such line is there. */
    record Last(List<String> lines) {

        static Last of(List<String> log) {
            int from = log.size();
            for (int i = 0; i < log.size(); i++) {
                from = ACCEPTED.matcher(log.get(i)).find() ? i : from;
            }
            return new Last(log.subList(from, log.size()));
        }

        private boolean has(String words) {
            return lines.stream().anyMatch(l -> l.contains(words));
        }

        /** Why it gave up (clusterHandleManualFailover and clusterHandleSlaveFailover in cluster.c; the words of 6.2 to 8 and Valkey). */
        Say why() {
            if (lines.isEmpty()) {
                return Say.of("failover.gave-up.unknown");
            }
            if (won()) {
                return Say.of(demoted() ? "failover.gave-up.demoted" : "failover.gave-up.unseen");
            }
            if (has("Forced failover")) {
                return Say.of("failover.gave-up.no-votes");
            }
            if (!has("Received replication offset")) {
                return Say.of("failover.gave-up.unheard");
            }
            if (!asked()) {
                return Say.of("failover.gave-up.behind");
            }
            return Say.of("failover.gave-up.votes");
        }

        /** Whether an ordinary one changed nothing, for a reason that passes: a lost message, or voters that did not answer in time. */
        boolean worthAnother() {
            return has("Manual failover user") && !won() && (!has("Received replication offset") || asked());
        }

        /** Whether it was in step with its master, and asked for votes. */
        boolean asked() {
            return has("replication stream processed");
        }

        boolean won() {
            return has(WON);
        }

        private boolean demoted() {
            boolean won = false;
            for (var line : lines) {
                won |= line.contains(WON);
                if (won && line.contains("Reconfiguring myself as a replica")) {
                    return true;
                }
            }
            return false;
        }
    }

    /** None where there is no log, or it can't be read. */
    Last last(Ground ground) throws InterruptedException {
        return Last.of(read(ground));
    }

    private List<String> read(Ground ground) throws InterruptedException {
        var site = ops.spec().get().sites().stream().filter(s -> s.at(node)).findFirst();
        var log = site.flatMap(NodeSite::log);
        return log.isEmpty() ? List.of() : read(ground, site.orElseThrow(), log.get());
    }

    private List<String> read(Ground ground, NodeSite site, RemotePath log) throws InterruptedException {
        var lines = new ArrayList<String>();
        try {
            ground.host(site.host())
                    .run(Script.of("failover-log", "past").with("file", log).with("bytes", BYTES), line -> {
                        if (line instanceof Line.Text t
                                && !t.error()
                                && t.text().startsWith("L ")) {
                            lines.add(t.text().substring(t.text().indexOf(':') + 1));
                        }
                    });
        } catch (Failure unreadable) {
            LOG.warn("the log of {} can't be read: {}", node, unreadable.toString());
        }
        return lines;
    }
}
