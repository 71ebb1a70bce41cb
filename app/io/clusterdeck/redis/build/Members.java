package io.clusterdeck.redis.build;

import io.clusterdeck.redis.conf.NodesConf;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Role;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.ssh.HostName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The nodes of a cluster to be, with the ids that they will have; masters first. Written as lines of text into the journal. */
record Members(List<Member> all) {

    /**
     * @param local the address on which its host itself reaches it
     * @param address as announced
     * @param master empty for masters
     * @param slots of a master
     */
    record Member(
            HostName host,
            String local,
            NodeAddress address,
            NodeId id,
            Optional<NodeId> master,
            Optional<SlotRange> slots) {
        int port() {
            return address.port();
        }
    }

    Members {
        all = List.copyOf(all);
    }

    /** The same for the same building of a cluster, different from any other's (40 hex digits, as {@code getRandomHexChars} makes). */
    static NodeId id(String build, Blueprint.NodeName node) {
        try {
            var digest = MessageDigest.getInstance("SHA-1");
            return new NodeId(
                    HexFormat.of().formatHex(digest.digest((build + "/" + node).getBytes(StandardCharsets.UTF_8))));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    List<Member> on(HostName host) {
        return all.stream().filter(m -> m.host().equals(host)).toList();
    }

    List<Member> masters() {
        return all.stream().filter(m -> m.master().isEmpty()).toList();
    }

    /** Each master with a configuration epoch of its own, as if they had been elected one after another. */
    NodesConf nodesConf() {
        var masters = masters();
        var rows = all.stream()
                .map(m -> {
                    var of = m.master().orElse(m.id());
                    int epoch = 1 + masters.stream().map(Member::id).toList().indexOf(of);
                    return new NodesConf.Row(
                            m.id(),
                            m.address(),
                            m.master().isEmpty() ? Role.MASTER : Role.REPLICA,
                            m.master(),
                            epoch,
                            m.slots().map(List::of).orElse(List.of()));
                })
                .toList();
        return new NodesConf(rows, masters.size(), 0);
    }

    String text() {
        return all.stream()
                .map(m -> String.join(
                        " ",
                        URLEncoder.encode(m.host().value(), StandardCharsets.UTF_8),
                        m.local(),
                        m.address().host(),
                        String.valueOf(m.port()),
                        m.id().value(),
                        m.master().map(NodeId::value).orElse("-"),
                        m.slots().map(s -> s.from() + "-" + s.to()).orElse("-")))
                .collect(Collectors.joining("\n"));
    }

    static Members of(String text) {
        var all = new ArrayList<Member>();
        for (var line : text.lines().toList()) {
            var w = line.split(" ");
            all.add(new Member(
                    new HostName(URLDecoder.decode(w[0], StandardCharsets.UTF_8)),
                    w[1],
                    new NodeAddress(w[2], Integer.parseInt(w[3])),
                    new NodeId(w[4]),
                    w[5].equals("-") ? Optional.empty() : Optional.of(new NodeId(w[5])),
                    w[6].equals("-") ? Optional.empty() : Optional.of(slots(w[6]))));
        }
        return new Members(all);
    }

    private static SlotRange slots(String text) {
        var ends = text.split("-");
        return new SlotRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
    }
}
