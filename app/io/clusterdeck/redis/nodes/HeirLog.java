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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node's own log says last of failovers: the only place where Redis tells why it gave one up. */
record HeirLog(Ops ops, NodeAddress node) {
    private static final Logger LOG = LoggerFactory.getLogger(HeirLog.class);
    private static final int BYTES = 64 * 1024;
    private static final String WON = "election won";
    private static final String ACCEPTED = "anual failover user request accepted";

    /** Its last lines, since it was told to fail over. */
    record Last(List<String> lines) {

        private boolean has(String words) {
            return lines.stream().anyMatch(l -> l.contains(words));
        }

        /** Why it gave up (clusterHandleManualFailover and clusterHandleSlaveFailover in cluster.c; the words of 6.2 to 8 and Valkey). */
        Say why() {
            if (!has(ACCEPTED)) {
                return Say.of("failover.gave-up.unknown");
            }
            if (!has("Received replication offset")) {
                return Say.of("failover.gave-up.unheard");
            }
            if (!asked()) {
                return Say.of("failover.gave-up.behind");
            }
            if (!won()) {
                return Say.of("failover.gave-up.votes");
            }
            return Say.of(demoted() ? "failover.gave-up.demoted" : "failover.gave-up.unseen");
        }

        /** Whether nothing changed, for a reason that passes: a message that was lost, or voters that did not answer in time. */
        boolean worthAnother() {
            return has(ACCEPTED) && !won() && (!has("Received replication offset") || asked());
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
        var lines = read(ground);
        int from = 0;
        for (int i = 0; i < lines.size(); i++) {
            from = lines.get(i).contains(ACCEPTED) ? i : from;
        }
        return new Last(lines.subList(from, lines.size()));
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
