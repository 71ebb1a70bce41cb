package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.redis.hosts.Cable.Port;
import io.clusterdeck.redis.hosts.Cables;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.SayJson;
import java.util.ArrayList;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries the ways between the hosts of a cluster; exit 0 when all are open, 1 when one is closed, 3 when too little could be tried. */
@Command(name = "cables")
final class CablesWord extends ClusterWord {

    @Parameters(paramLabel = "CLUSTER")
    String named = "";

    @Option(names = "--json")
    boolean json;

    CablesWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        name = named;
        var cluster = cluster();
        seen(cluster);
        var cables = cluster.cables().look();
        session.result(json ? json(cables) : text(cables));
        return !cables.open() ? Code.FAILED : cables.unseen().isEmpty() ? Code.DONE : Code.UNKNOWN;
    }

    private String text(Cables cables) {
        var lines = new ArrayList<String>();
        for (var from : cables.hosts()) {
            for (var to : cables.hosts()) {
                if (cables.cell(from, to, Port.CLIENT).isPresent()) {
                    lines.add(session.words.say(
                            "cli.cables.line",
                            "from",
                            from,
                            "to",
                            to,
                            "client",
                            cell(cables, from, to, Port.CLIENT),
                            "bus",
                            cell(cables, from, to, Port.BUS)));
                }
            }
        }
        if (lines.isEmpty()) {
            lines.add(session.words.say("hosts.cables.one-host"));
        }
        cables.troubles().forEach(t -> lines.add("! " + session.words.say(t)));
        return String.join("\n", lines);
    }

    private String cell(Cables cables, io.clusterdeck.ssh.HostName from, io.clusterdeck.ssh.HostName to, Port port) {
        return cables.cell(from, to, port)
                .map(c -> session.words.say(
                                "hosts.cables.state." + c.state().name().toLowerCase(Locale.ROOT))
                        + (c.micros().isPresent()
                                ? " %.1f ms".formatted(c.micros().getAsLong() / 1000.0)
                                : ""))
                .orElse("–");
    }

    private static String json(Cables cables) {
        var node = JsonNodeFactory.instance.objectNode().put("at", cables.at().toString());
        var hosts = node.putArray("hosts");
        cables.hosts().forEach(h -> hosts.add(h.value()));
        var tried = node.putArray("cables");
        cables.tried().forEach(c -> {
            var one = tried.addObject()
                    .put("from", c.from().value())
                    .put("to", c.to().value())
                    .put("node", c.node().toString())
                    .put("kind", c.port().name().toLowerCase(Locale.ROOT))
                    .put("port", c.port().of(c.node()))
                    .put("state", c.state().name().toLowerCase(Locale.ROOT));
            c.micros().ifPresent(m -> one.put("micros", m));
        });
        var links = node.putArray("links");
        cables.heard()
                .forEach(h -> links.addObject()
                        .put("from", h.from().value())
                        .put("to", h.to().value())
                        .put("up", h.up())
                        .put("of", h.of()));
        node.set("troubles", SayJson.write(cables.troubles()));
        return node.toPrettyString();
    }

    @Override
    int unreachable() {
        return Code.UNKNOWN;
    }
}
