package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Reads an append-only file where it lies and reports; damage is a finding, no failure, unless the file was just cured. */
record AofCheck(StepId id, HostName on, StepSpec spec, Map<NodeId, AofReport> reports) implements Step {
    static final String KIND = "aof.check";
    private static final int SHOWN = 20;
    private static final int WIDTH = 60;

    private NodeId node() {
        return new NodeId(spec.arg("node"));
    }

    private boolean cured() {
        return spec.arg("cured").equals("yes");
    }

    @Override
    public Say title() {
        return Say.of(cured() ? "aof.step.recheck" : "aof.step.check", "node", Addressed.address(spec.arg("address")));
    }

    @Override
    public boolean reads() {
        return true;
    }

    @Override
    public List<String> commands() {
        var tool = "nice -n 19 " + Quote.path(tool()) + " ";
        var single = Quote.path(spec.arg("dir") + "/" + spec.arg("aof"));
        if (spec.arg("aofdir").isEmpty()) {
            return List.of(tool + single);
        }
        var manifest = Quote.path(spec.arg("dir") + "/" + spec.arg("aofdir") + "/" + spec.arg("aof") + ".manifest");
        // a node that does not run can't say whether its Redis is 7.0 or later: the script looks
        return List.of(tool + manifest + (spec.arg("running").equals("no") ? "  # before 7.0: " + single : ""));
    }

    /** The one beside the node's server, as the script takes it where it is there (checked_aof). */
    private String tool() {
        var server = spec.arg("server");
        var name = server.matches(".*/valkey-[^/]*") ? "valkey-check-aof" : "redis-check-aof";
        return server.substring(0, server.lastIndexOf('/') + 1) + name;
    }

    @Override
    public Verdict check(Ground ground) {
        var report = reports.get(node());
        return report != null && !report.at().isBefore(Instant.parse(spec.arg("since")))
                ? new Verdict.Done(said(report))
                : new Verdict.Needed(Say.of("aof.unchecked", "node", Addressed.address(spec.arg("address"))));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var script = AofPlace.script(spec, "aof-check", "look").within(Duration.ofHours(12));
        var host = ground.host(on);
        var exit = host.run(script, live);
        if (exit.fact("state").filter("denied"::equals).isPresent() && !script.sudo()) {
            exit = host.run(script.asRoot(), live);
        }
        if (!exit.ok()) {
            var why = exit.why().orElse(Say.of("aof.tool-failed", "why", String.join(" ", exit.tail())));
            throw new CommandFailed(why, new Say(why.key() + ".next", why.args()), exit.code(), exit.tail());
        }
        var report = report(exit);
        reports.put(node(), report);
        live.accept(new Line.Busy(said(report)));
        if (cured() && !report.sound()) {
            throw new CommandFailed(
                    Say.of("aof.still-damaged", "file", report.file(), "reason", report.reason()),
                    Say.of("aof.still-damaged.next"),
                    1,
                    exit.tail());
        }
    }

    private AofReport report(Exit exit) {
        var state = switch (exit.fact("state").orElse("")) {
            case "valid" -> AofReport.State.VALID;
            case "empty" -> AofReport.State.EMPTY;
            case "damaged" -> AofReport.State.DAMAGED;
            case "preamble" -> AofReport.State.PREAMBLE_BROKEN;
            default -> AofReport.State.ABSENT;
        };
        return new AofReport(
                node(),
                Instant.now(),
                new RemotePath(exit.fact("file").orElse(spec.arg("dir"))),
                state,
                number(exit, "size"),
                number(exit, "ok"),
                exit.fact("reason").orElse(""),
                lost(exit.fact("lost_bytes").orElse("")),
                number(exit, "lost_commands"),
                exit.fact("last").filter("yes"::equals).isPresent());
    }

    private static long number(Exit exit, String fact) {
        return exit.fact(fact)
                .filter(n -> n.matches("\\d+"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    private static List<String> lost(String hex) {
        var shown = new ArrayList<String>();
        for (var item : AofDecoder.decode(HexFormat.of().parseHex(hex), SHOWN)) {
            switch (item) {
                case AofDecoder.Command c -> shown.add(c.shown(WIDTH));
                case AofDecoder.Broken b -> shown.add(b.shown(WIDTH));
                case AofDecoder.Preamble p -> shown.add("⟨RDB " + p.length() + " B⟩");
                case AofDecoder.Annotation a -> shown.add(a.text());
            }
        }
        return shown;
    }

    private static Say said(AofReport r) {
        return switch (r.state()) {
            case VALID -> Say.of("aof.valid", "file", r.file(), "size", r.size());
            case EMPTY -> Say.of("aof.empty", "file", r.file());
            case ABSENT -> Say.of("aof.absent", "file", r.file());
            case PREAMBLE_BROKEN -> Say.of("aof.preamble", "file", r.file());
            case DAMAGED ->
                Say.of(
                        "aof.damaged",
                        "file",
                        r.file(),
                        "reason",
                        r.reason(),
                        "ok",
                        r.okUpTo(),
                        "size",
                        r.size(),
                        "lost",
                        r.lost(),
                        "share",
                        r.share());
        };
    }
}
