package io.clusterdeck.views;

import io.clusterdeck.deck.paper.AuditRow;
import io.clusterdeck.deck.paper.Papers;
import io.clusterdeck.deck.paper.SupportBundle;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Optional;

/** An audit and a bundle as a week of work could leave them. */
final class SamplePapers implements Papers {
    static final SamplePapers ALL = new SamplePapers();

    private static AuditRow row(int minutes, String by, String cluster, Say what, String outcome, int took) {
        var at = Sample.NOW.minusSeconds(minutes * 60L);
        return new AuditRow(
                at,
                by,
                cluster,
                "started",
                what,
                "restart-20261122-1204" + minutes,
                Optional.of(outcome).filter(o -> !o.isEmpty()),
                Optional.of(at.plusMillis(took)).filter(e -> !outcome.isEmpty()));
    }

    private static Say restart(int port) {
        return Say.of("nodes.plan.restart", "node", new NodeAddress("10.20.0.174", port));
    }

    @Override
    public List<AuditRow> audit() {
        return List.of(
                row(1, "ops@deck1", "orders-prod", restart(9002), "", 0),
                row(12, "ops@deck1", "orders-prod", restart(9001), "done", 6_180),
                row(64, "lin@deck2", "sessions", restart(7003), "failed", 31_400),
                row(1_500, "lin@deck2", "orders-prod", restart(9000), "cancelled", 1_900),
                row(4_400, "ops@deck1", "staging", restart(9105), "done", 7_020));
    }

    @Override
    public SupportBundle support() {
        return new SupportBundle(
                Sample.NOW,
                List.of(
                        new SupportBundle.Part("versions.txt", "clusterdeck: 0.1.0\n", false),
                        new SupportBundle.Part("settings.yaml", "theme: dark\n", false),
                        new SupportBundle.Part("orders-prod/cluster.yaml", "name: orders-prod\n".repeat(90), false),
                        new SupportBundle.Part("orders-prod/audit.jsonl", "{}\n".repeat(70_000), false),
                        new SupportBundle.Part("logs/clusterdeck-2026-11-22.log", "x\n".repeat(400_000), true)));
    }
}
