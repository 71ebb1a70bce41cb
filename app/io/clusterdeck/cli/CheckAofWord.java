package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.aof.AofReport;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a node's append-only file and names the cures; {@code --cure N} applies one of them. */
@Command(name = "check-aof")
final class CheckAofWord extends ActWord {

    @Parameters(paramLabel = "NODE")
    String node = "";

    @Option(names = "--cure", paramLabel = "N")
    int cure;

    CheckAofWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var cluster = cluster();
        var id = node(cluster, node).id();
        if (plans.shows() && cure == 0) {
            return take(cluster.aof().check(id));
        }
        var ended = deciding().decide(cluster.aof().check(id)); // it only reads: a cure can't be shown before
        if (ended.isEmpty()) {
            return Code.FAILED;
        }
        var report = cluster.aof().lastReport(id);
        boolean ran =
                ended.get().ended().filter(e -> e.outcome() == Outcome.DONE).isPresent();
        if (!ran || report.isEmpty()) {
            return Math.max(Code.FAILED, deciding().tell(ended.get()));
        }
        var cures = cluster.aof().cures(report.get());
        if (cure > 0) {
            if (cure > cures.size()) {
                throw new Misuse(Say.of("cli.no-such-cure", "n", cure, "cures", cures.size()));
            }
            return take(cures.get(cure - 1));
        }
        tell(report.get(), cures);
        return sound(report.get()) ? Code.DONE : Code.FAILED;
    }

    private static boolean sound(AofReport report) {
        return switch (report.state()) {
            case VALID, EMPTY, ABSENT -> true;
            case DAMAGED, PREAMBLE_BROKEN -> false;
        };
    }

    private void tell(AofReport report, List<Offer> cures) {
        if (plans.json) {
            session.result(json(report, cures).toPrettyString());
            return;
        }
        var state = report.state().name().toLowerCase(Locale.ROOT).replace('_', '-');
        session.result(Say.of("cli.aof." + state, "file", report.file(), "size", report.size()));
        if (!sound(report)) {
            session.result(Say.of(
                    "cli.aof.broken",
                    "ok",
                    report.okUpTo(),
                    "lost",
                    report.lost(),
                    "share",
                    report.size() == 0 ? 0 : (double) report.lost() / report.size(),
                    "reason",
                    report.reason()));
            report.firstLost().forEach(c -> session.result("    " + c));
            int n = 0;
            for (var offer : cures) {
                session.result(Say.of("cli.aof.cure", "n", ++n, "what", title(offer)));
            }
        }
    }

    private static Say title(Offer offer) {
        return switch (offer) {
            case Offer.Ready ready -> ready.plan().title();
            case Offer.Refused refused -> Say.of("cli.refused", "why", refused.why());
        };
    }

    private static ObjectNode json(AofReport report, List<Offer> cures) {
        var node = JsonNodeFactory.instance
                .objectNode()
                .put("node", report.node().value())
                .put("at", report.at().toString())
                .put("file", report.file().value())
                .put("state", report.state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("size", report.size())
                .put("okUpTo", report.okUpTo())
                .put("reason", report.reason());
        var lost = node.putArray("firstLost");
        report.firstLost().forEach(lost::add);
        var offers = node.putArray("cures");
        for (var offer : cures) {
            offers.addObject().put("ready", offer instanceof Offer.Ready).set("what", SayJson.write(title(offer)));
        }
        return node;
    }
}
