package io.clusterdeck.redis.drill;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptFailed;
import io.clusterdeck.plan.ScriptStep;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Packets between Redis nodes are lost on a host ({@code fault.sh}), or are no longer. Whatever becomes of this process, a timer on the
 * host takes the fault away; undoing does at once.
 */
record FaultStep(StepId id, HostName on, StepSpec spec) implements Step {
    static final String KIND = "drill.fault";
    private static final List<String> PASSED = List.of("id", "way", "loss", "seconds", "pairs");

    /**
     * @param mark names the fault: letters and digits
     * @param own the host's nodes
     * @param others all nodes elsewhere
     * @param limit after which the timer mends it
     */
    static FaultStep of(
            String mark, HostName on, List<Node> own, List<Node> others, Fault.Way way, int loss, Duration limit) {
        var pairs = own.stream()
                .flatMap(o -> others.stream().map(p -> end(o) + " " + end(p)))
                .collect(Collectors.joining("\n"));
        var args = new LinkedHashMap<String, String>();
        args.put("id", mark);
        args.put("way", way.name().toLowerCase(Locale.ROOT));
        args.put("loss", Integer.toString(loss));
        args.put("seconds", Long.toString(limit.toSeconds()));
        args.put("pairs", pairs);
        args.put("mends", "false");
        return new FaultStep(new StepId("fault/" + on), on, new StepSpec(KIND, args));
    }

    private static String end(Node node) {
        var a = node.address();
        return a.host() + " " + a.port() + "," + a.busPort();
    }

    /** The step that takes it away again. */
    FaultStep mending() {
        var args = new LinkedHashMap<>(spec.args());
        args.put("mends", "true");
        return new FaultStep(new StepId("mend/" + on), on, new StepSpec(KIND, args));
    }

    private boolean mends() {
        return Boolean.parseBoolean(spec.arg("mends"));
    }

    private Script script(String verb) {
        var script = Script.of("fault", verb);
        for (var name : PASSED) {
            script = script.with(name, spec.arg(name));
        }
        return script.asRoot().within(Duration.ofMinutes(1));
    }

    /** What a host could do: {@code tool} nft, iptables or none, {@code timer} yes or no. */
    static Script facts() {
        var script = Script.of("fault", "facts");
        for (var name : PASSED) {
            script = script.with(name, name.equals("id") ? "facts" : "");
        }
        return script.asRoot().within(Duration.ofSeconds(20));
    }

    @Override
    public Say title() {
        if (mends()) {
            return Say.of("drill.step.mend", "host", on);
        }
        int loss = Integer.parseInt(spec.arg("loss"));
        return loss >= 100
                ? Say.of("drill.step.cut." + spec.arg("way"), "host", on, "t", seconds() * 1000)
                : Say.of("drill.step.slow", "host", on, "loss", loss, "t", seconds() * 1000);
    }

    private long seconds() {
        return Long.parseLong(spec.arg("seconds"));
    }

    @Override
    public List<String> commands() {
        var ours = new ScriptStep(id, on, spec, title(), script("apply"), List.of(), List.of())
                .commands()
                .getFirst();
        return mends()
                ? List.of(byHand().mends(), ours.replace("fault.sh apply", "fault.sh undo"))
                : List.of(byHand().breaks(), ours);
    }

    private FaultLines byHand() {
        return new FaultLines(
                spec.arg("id"),
                Fault.Way.valueOf(spec.arg("way").toUpperCase(Locale.ROOT)),
                Integer.parseInt(spec.arg("loss")),
                seconds(),
                spec.arg("pairs").lines().toList());
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var exit = run(ground, mends() ? "gone" : "check", line -> {});
        var found = exit.why().orElse(Say.of("drill.fault.gone"));
        return switch (exit.verdict().orElse("")) {
            case "done" -> new Verdict.Done(found);
            case "needed" -> new Verdict.Needed(found);
            default -> new Verdict.Blocked(found, new Say(found.key() + ".next", found.args()));
        };
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        run(ground, mends() ? "undo" : "apply", live);
    }

    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        run(ground, "undo", live);
    }

    @Override
    public boolean undoable() {
        return !mends();
    }

    private Exit run(Ground ground, String verb, Consumer<Line> live) throws Failure, InterruptedException {
        var exit = ground.host(on).run(script(verb), live);
        if (!exit.ok()) {
            throw ScriptFailed.of("fault", on, exit);
        }
        return exit;
    }
}
