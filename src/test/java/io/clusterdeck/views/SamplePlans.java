package io.clusterdeck.views;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.aof.AofReport;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.views.act.Act;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Plans and runs for the pictures; their steps do nothing. */
public final class SamplePlans {
    static final Instant BEGAN = Instant.now().minusSeconds(72);
    private static final List<String> STAGES =
            List.of("look", "tools", "source", "compile", "distribute", "configure", "start", "create", "prove");

    private SamplePlans() {}

    /** A step that only shows. */
    private record Shown(StepId id, HostName on, Say title, List<String> commands, List<FileDiff> edits)
            implements Step {
        @Override
        public StepSpec spec() {
            return new StepSpec("shown", Map.of());
        }

        @Override
        public Verdict check(Ground ground) {
            return new Verdict.Done(Say.of("sample.nothing"));
        }

        @Override
        public void apply(Ground ground, Consumer<Line> live) {}
    }

    private static Step step(String id, String host, String title, List<String> commands, FileDiff... edits) {
        return new Shown(new StepId(id), new HostName(host), Say.of(title), commands, List.of(edits));
    }

    static Plan kill() {
        return new Plan(
                new PlanId("20261122-120417-kill"),
                new ClusterRef("orders-prod"),
                Say.of("sample.kill"),
                List.of(
                        new Stage(
                                "kill",
                                Say.of("sample.kill.stage"),
                                List.of(step(
                                        "kill/h1:9000",
                                        "h1",
                                        "sample.kill.step",
                                        List.of("node-signal apply pid=1834 start=88121"
                                                + " exe=/home/redis/redis-cluster/bin/redis-server"
                                                + " signal=KILL")))),
                        new Stage(
                                "settle",
                                Say.of("sample.kill.settle"),
                                List.of(step(
                                        "settle/h2:9004", "h2", "sample.kill.settle.step", List.of("CLUSTER NODES"))))),
                List.of(
                        Say.of("sample.kill.cost.own"),
                        Say.of("sample.kill.cost.others"),
                        Say.of("sample.kill.cost.data")));
    }

    static Offer killed() {
        return new Offer.Ready(kill(), new Consent.Type(Say.of("sample.kill.question"), "orders-prod"));
    }

    static Offer refused() {
        return new Offer.Refused(
                Say.of("sample.refuse"),
                List.of(Say.of("sample.refuse.cure")),
                List.of(new Offer.Ready(kill(), new Consent.Type(Say.of("sample.kill.question"), "10.20.0.174:9000"))));
    }

    /** A plan that edits a file. */
    static Offer edits() {
        var before = "port 6379\n# Snapshots\nsave 900 1\nsave 300 10\nappendonly no\nappendfsync everysec\n"
                + "# cluster-enabled yes\ntcp-keepalive 300\nbind 127.0.0.1\n";
        var after = "port 9000\n# Snapshots\nsave 900 1\nsave 300 10\nappendonly yes\nappendfsync everysec\n"
                + "cluster-enabled yes\ntcp-keepalive 300\nbind 10.20.0.174\n";
        var file = new RemotePath("~/redis-cluster/9000/redis.conf");
        var plan = new Plan(
                new PlanId("20261122-120417-edit"),
                new ClusterRef("carts"),
                Say.of("sample.configure"),
                List.of(new Stage(
                        "configure",
                        Say.of("sample.stage.configure"),
                        List.of(step(
                                "configure/h1:9000",
                                "h1",
                                "sample.configure.step",
                                List.of(),
                                new FileDiff(file, before, after))))),
                List.of());
        return new Offer.Ready(plan, new Consent.Plain());
    }

    static Act.Report report() {
        return new Act.Report(
                new AofReport(
                        Sample.id(9000),
                        Sample.NOW,
                        new RemotePath("~/redis-cluster/9000/data/appendonly.aof"),
                        AofReport.State.DAMAGED,
                        812_004_118L,
                        810_977_004L,
                        "0x000000003056716c: Expected prefix '*', got: 'G'",
                        List.of("SET order:81213 …", "HSET cart:9 item:4 2", "EXPIRE cart:9 86400"),
                        3,
                        false),
                List.of(
                        new Offer.Ready(
                                new Plan(
                                        new PlanId("cure-1"),
                                        new ClusterRef("orders-prod"),
                                        Say.of("sample.cure.rewrite"),
                                        List.of(),
                                        List.of(Say.of("sample.cure.rewrite.cost"))),
                                new Consent.Plain()),
                        new Offer.Refused(Say.of("sample.cure.resync"), List.of(), List.of())));
    }

    static Plan build() {
        var stages = new ArrayList<Stage>();
        for (var stage : STAGES) {
            var steps = new ArrayList<Step>();
            for (var host : List.of("h1", "h2", "h3")) {
                boolean once = List.of("source", "compile", "create", "prove").contains(stage);
                if (!once || host.equals("h1")) {
                    steps.add(step(stage + "/" + host, host, "sample.stage." + stage, List.of()));
                }
            }
            stages.add(new Stage(stage, Say.of("sample.stage." + stage), steps));
        }
        return new Plan(
                new PlanId("20261122-120000-build"),
                new ClusterRef("carts"),
                Say.of("sample.build"),
                stages,
                List.of());
    }

    /** As far as compiling on h1. */
    public static RunState building() {
        var at = BEGAN;
        var run = RunState.begin(build(), new Consent.Plain(), at);
        run = done(run, "look/h1", at, 1200, true);
        run = done(run, "look/h2", at, 1100, true);
        run = done(run, "look/h3", at, 1400, true);
        run = done(run, "tools/h1", at.plusSeconds(2), 300, false);
        run = done(run, "tools/h2", at.plusSeconds(2), 300, false);
        run = done(run, "tools/h3", at.plusSeconds(2), 31_000, true);
        run = done(run, "source/h1", at.plusSeconds(33), 3100, true);
        var compile = new StepId("compile/h1");
        run = run.after(new RunEvent.StepBegan(at.plusSeconds(36), compile, true));
        for (var line : List.of(
                "$ make -j8 -C ~/redis-cluster/src/redis-6.2.3",
                "CC server.o",
                "CC networking.o",
                "CC cluster.o",
                "CC replication.o",
                "CC rdb.o",
                "CC t_string.o",
                "LINK redis-server",
                "INSTALL redis-sentinel",
                "INSTALL redis-check-rdb",
                "INSTALL redis-check-aof")) {
            run = run.after(new RunEvent.StepLine(at.plusSeconds(60), compile, new Line.Text(line, false)));
        }
        return run.after(new RunEvent.StepLine(at.plusSeconds(60), compile, new Line.Progress(86, "redis-cli")));
    }

    /** All of it, in the words of the real steps. */
    public static RunState proven() {
        var run = RunState.begin(build(), new Consent.Plain(), BEGAN);
        for (var step : build().steps()) {
            var found = step.id().value().startsWith("start/")
                    ? Say.of("build.start.up", "n", 2)
                    : step.id().value().startsWith("create/")
                            ? Say.of("build.create.done", "n", 6)
                            : step.id().value().startsWith("prove/")
                                    ? Say.of("build.prove.done", "n", 3)
                                    : Say.of("sample.done");
            run = run.after(new RunEvent.StepBegan(BEGAN, step.id(), true))
                    .after(new RunEvent.StepDone(BEGAN.plusMillis(900), step.id(), true, found));
        }
        return run.after(new RunEvent.Ended(BEGAN.plusSeconds(48), RunEvent.Outcome.DONE));
    }

    public static RunState failing() {
        return failing(new Consent.Plain());
    }

    /** On h3, after what was agreed to. */
    static RunState failing(Consent agreed) {
        var at = BEGAN;
        var run = done(RunState.begin(build(), agreed, at), "look/h1", at, 1200, true);
        run = done(run, "look/h2", at, 1100, true);
        var step = new StepId("look/h3");
        run = run.after(new RunEvent.StepBegan(at, step, false));
        run = run.after(new RunEvent.StepFailed(
                at.plusSeconds(4),
                step,
                Say.of("sample.fail"),
                Say.of("sample.fail.next"),
                List.of("df: /home/redis: 212 MiB available", "wanted: 900 MiB")));
        return run.after(new RunEvent.Ended(at.plusSeconds(5), RunEvent.Outcome.FAILED));
    }

    private static RunState done(RunState run, String step, Instant at, long took, boolean applied) {
        var id = new StepId(step);
        return run.after(new RunEvent.StepBegan(at, id, true))
                .after(new RunEvent.StepDone(at.plusMillis(took), id, applied, Say.of("sample.done")));
    }
}
