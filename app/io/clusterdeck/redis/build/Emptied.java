package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Nodes that planning over a living cluster would start with less than those hold that still follow them: on a host that was installed anew,
 * or without an append-only file. Their replicas would copy the emptiness.
 *
 * @param bare nodes that don't run and have no append-only file
 * @param running those that can tell
 */
record Emptied(List<Member> bare, List<Member> running) {

    private static final Pattern KEYS = Pattern.compile("keys=(\\d+),.*");

    static Emptied of(Members members, Map<HostName, HostFacts> facts) {
        var bare = new ArrayList<Member>();
        var running = new ArrayList<Member>();
        for (var m : members.all()) {
            var host = HostFacts.of(facts, m.host());
            if (host.ours().contains(m.port())) {
                running.add(m);
            } else if (host.holds().stream().noneMatch(f -> appended(f, host.root() + "/" + m.port() + "/"))) {
                bare.add(m);
            }
        }
        return new Emptied(bare, running);
    }

    private static boolean appended(String file, String node) {
        return file.startsWith(node) && (file.endsWith(".aof") || file.endsWith("/appendonlydir"));
    }

    /** What must not be started so. Asks those that run, and so blocks. */
    List<Remark> remarks(StartStep asking, Ground ground) throws Failure, InterruptedException {
        if (bare.isEmpty() || running.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Remark>();
        try (var talk = Talk.of(asking.spec(), ground)) {
            var told = talk.look(running, Emptied::info);
            for (int i = 0; i < running.size(); i++) {
                var there = running.get(i);
                switch (told.get(i)) {
                    case SideBySide.Came<Map<String, String>> came ->
                        follows(came.value())
                                .filter(m -> keys(came.value()) > 0)
                                .map(m -> wouldEmpty(m, there, keys(came.value())))
                                .ifPresent(found::add);
                    case SideBySide.Failed<Map<String, String>> silent ->
                        found.add(bad(
                                there,
                                Say.of(
                                        "build.pre.may-empty",
                                        "node",
                                        there.address(),
                                        "why",
                                        silent.why().what())));
                }
            }
        }
        return found;
    }

    private static Map<String, String> info(Member member, Link link) throws Failure, InterruptedException {
        return InfoParser.parse(Convergence.text(member, link.call("INFO")));
    }

    /** The bare one that it follows. */
    private Optional<Member> follows(Map<String, String> info) {
        if (!info.getOrDefault("role", "").equals("slave")) {
            return Optional.empty();
        }
        var master = new NodeAddress(
                info.getOrDefault("master_host", ""), Integer.parseInt(info.getOrDefault("master_port", "0")));
        return bare.stream().filter(m -> m.address().equals(master)).findFirst();
    }

    private static long keys(Map<String, String> info) {
        return info.entrySet().stream()
                .filter(e -> e.getKey().matches("db\\d+"))
                .map(e -> KEYS.matcher(e.getValue()))
                .filter(m -> m.matches())
                .mapToLong(m -> Long.parseLong(m.group(1)))
                .sum();
    }

    private static Remark wouldEmpty(Member master, Member replica, long keys) {
        return bad(
                master,
                Say.of("build.pre.would-empty", "node", master.address(), "replica", replica.address(), "keys", keys));
    }

    private static Remark bad(Member on, Say why) {
        return new Remark("would-empty", Level.BAD, Optional.of(on.host()), why, Optional.empty());
    }
}
