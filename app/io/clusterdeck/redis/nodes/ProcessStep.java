package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptStep;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A signal to one server process, or its orderly stop. The script compares start time, program, folder and listening port right before
 * it signals; a process that is not the one that was meant is refused.
 *
 * @param paused set once this run has stopped it
 * @param ops of the cluster, where what was true of the node is looked at again ({@link Still})
 */
public record ProcessStep(StepId id, HostName on, StepSpec spec, AtomicBoolean paused, Optional<Ops> ops)
        implements Step {
    public static final String KIND = "node.process";
    private static final List<String> PASSED =
            List.of("pid", "start", "exe", "cwd", "port", "conf", "log", "unit", "signal", "pause");

    /** @param signal KILL, TERM or STOP; a TERM of a unit's process goes through systemctl when {@code orderly} */
    public static ProcessStep of(Closeup seen, String signal, Duration pause, boolean orderly) {
        var p = seen.process();
        var args = new LinkedHashMap<String, String>();
        args.put("address", Addressed.text(seen.node().address()));
        args.put("pid", Long.toString(p.pid()));
        args.put("start", p.start());
        args.put("exe", p.exe());
        args.put("cwd", p.cwd());
        args.put("port", Integer.toString(seen.port()));
        args.put("conf", seen.site().conf().value());
        args.put("log", seen.site().log().map(Object::toString).orElse(""));
        args.put("unit", orderly ? p.unit().orElse("") : "");
        args.put("signal", signal);
        args.put("pause", Long.toString(Math.max(1, (pause.toMillis() + 999) / 1000)));
        args.put("root", Boolean.toString(p.rootNeeded()));
        return of(
                new StepId((orderly ? "stop/" : "signal/") + seen.node().address()),
                seen.site().host(),
                new StepSpec(KIND, args));
    }

    /** Lets a stopped process go on. */
    public static ProcessStep goOn(Closeup seen) {
        var stop = of(seen, "CONT", Duration.ZERO, false);
        return of(new StepId("go-on/" + seen.node().address()), stop.on(), stop.spec());
    }

    private static ProcessStep of(StepId id, HostName on, StepSpec spec) {
        return new ProcessStep(id, on, spec, new AtomicBoolean(), Optional.empty());
    }

    static ProcessStep of(StepId id, HostName on, StepSpec spec, Function<String, Ops> cluster) {
        var ops = Still.isNoted(spec) ? Optional.of(cluster.apply(spec.arg("cluster"))) : Optional.<Ops>empty();
        return new ProcessStep(id, on, spec, new AtomicBoolean(), ops);
    }

    /** The same, refused once more would be lost than was shown. */
    public ProcessStep whileStill(Ops ops, Ending shown) {
        return of(id, on, shown.noted(spec, ops), name -> ops);
    }

    private String signal() {
        return spec.arg("signal");
    }

    /** Saving may take as long as it takes: a server is never killed because it saves. */
    private ScriptStep script(String signal) {
        var script =
                Script.of("process", "apply").with("dir", "").with("heard", "").with("was", "");
        for (var name : PASSED) {
            script = script.with(name, spec.args().getOrDefault(name, "")); // an earlier Clusterdeck's has no cwd
        }
        script = script.with("signal", signal)
                .within(signal.equals("TERM") ? Duration.ofHours(12) : Duration.ofMinutes(1));
        return new ScriptStep(
                id,
                on,
                spec,
                title(),
                Boolean.parseBoolean(spec.arg("root")) ? script.asRoot() : script,
                List.of(),
                List.of());
    }

    @Override
    public Say title() {
        var key = id.value().startsWith("stop/")
                ? "stop"
                : signal().equals("STOP") ? "pause" : signal().toLowerCase(java.util.Locale.ROOT);
        return Say.of(
                "nodes.step." + key,
                "node",
                Addressed.address(spec.arg("address")),
                "pid",
                spec.arg("pid"),
                "t",
                Long.parseLong(spec.arg("pause")) * 1000);
    }

    @Override
    public List<String> commands() {
        var pid = spec.arg("pid");
        var shown = new java.util.ArrayList<String>();
        if (!spec.arg("unit").isEmpty()) {
            shown.add("systemctl stop " + Quote.word(spec.arg("unit")));
        } else if (signal().equals("STOP")) {
            shown.add(Later.line(spec.arg("pause"), "kill -CONT " + pid) + " kill -STOP " + pid);
        } else {
            shown.add("kill -" + signal() + " " + pid);
        }
        shown.addAll(script(signal()).commands());
        return shown;
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        // a short pause may be over before it is looked at again
        if (paused.get()) {
            return new Verdict.Done(Say.of("nodes.process.paused", "pid", spec.arg("pid")));
        }
        var verdict = script(signal()).check(ground);
        return verdict instanceof Verdict.Needed && !signal().equals("CONT")
                ? Still.changed(spec, ops).orElse(verdict)
                : verdict;
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try {
            script(signal()).apply(ground, live);
            paused.set(signal().equals("STOP"));
        } catch (Unreachable cut) {
            if (!(readBack(ground, cut) instanceof Verdict.Done)) {
                throw new OutcomeUnknown(
                        Say.of("nodes.unknown", "what", title(), "why", cut.what()), Say.of("nodes.unknown.next"), cut);
            }
        }
    }

    private Verdict readBack(Ground ground, Unreachable cut) throws Failure, InterruptedException {
        try {
            return check(ground);
        } catch (Unreachable again) {
            throw new OutcomeUnknown(
                    Say.of("nodes.unknown", "what", title(), "why", cut.what()), Say.of("nodes.unknown.next"), again);
        }
    }

    /** A stopped process goes on at once when the run ends early, and the timer on the host with it. */
    @Override
    public void undo(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        if (undoable()) {
            script("CONT").apply(ground, live);
        }
    }

    @Override
    public boolean undoable() {
        return signal().equals("STOP");
    }

    /** It goes on by itself. */
    @Override
    public boolean passes() {
        return signal().equals("STOP");
    }
}
