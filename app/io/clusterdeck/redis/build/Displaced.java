package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.nodes.Await;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Planned masters that are replicas: a host that died while the cluster was being built was replaced by its replica before it came back.
 * They take their places again by a graceful failover, which loses nothing.
 */
record Displaced(Talk talk, List<Member> masters) {

    /** One that asks and is not elected stands back by itself after 5 s (CLUSTER_MF_TIMEOUT), and may ask again. */
    private static final Duration AGAIN = Duration.ofSeconds(6);

    /**
     * Masters grant no vote for a shard within 2 × node-timeout after one for it (clusterSendFailoverAuthIfNeeded), and say nothing: by
     * then, at the default of 15 s, it has been asked long enough.
     */
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Those that are displaced now. A node that does not answer is none. */
    static Displaced of(Talk talk) throws InterruptedException {
        var planned = talk.members().masters();
        var roles = talk.look(planned, Displaced::role);
        var displaced = new ArrayList<Member>();
        for (int i = 0; i < planned.size(); i++) {
            if (roles.get(i) instanceof SideBySide.Came<String> came
                    && came.value().equals("slave")) {
                displaced.add(planned.get(i));
            }
        }
        return new Displaced(talk, displaced);
    }

    private static String role(Member member, Link link) throws Failure, InterruptedException {
        return InfoParser.parse(Convergence.text(member, link.call("INFO", "replication")))
                .getOrDefault("role", "");
    }

    boolean none() {
        return masters.isEmpty();
    }

    Say told() {
        var nodes = masters.stream().map(Member::address).toList();
        return Say.of("build.create.displaced", "n", masters.size(), "nodes", nodes);
    }

    /** Each of them asks until it is its shard's master again. Blocks. */
    void handBack() throws Failure, InterruptedException {
        talk.act(masters, Displaced::ask);
    }

    private static boolean ask(Member member, Link link) throws Failure, InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            var answer = Convergence.text(member, link.call("CLUSTER", "FAILOVER"));
            if (!answer.equals("OK")) {
                if (role(member, link).equals("master")) {
                    return true; // elected since it was last looked at: a master refuses to fail over
                }
                throw notBack(member, answer);
            }
            if (Await.until(AGAIN, () -> role(member, link).equals("master"))) {
                return true;
            }
            if (System.nanoTime() > end) {
                throw notBack(member, answer);
            }
        }
    }

    private static Failure notBack(Member member, String answer) {
        var what = Say.of("build.create.not-back", "node", member.address(), "got", answer);
        return new CommandFailed(what, HostStep.next(what), 1, List.of());
    }
}
