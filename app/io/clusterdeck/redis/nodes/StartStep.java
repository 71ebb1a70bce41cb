package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptStep;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Starts a server that does not run; done when it answers PING and has loaded its data, however long that takes. */
public record StartStep(StepId id, HostName on, StepSpec spec, Ops ops) implements Step {
    public static final String KIND = "node.start";
    private static final List<String> PASSED =
            List.of("server", "conf", "dir", "data", "port", "user", "unit", "log", "nofile", "env");
    /** After so long without a word from it the host is asked whether it still runs. */
    private static final Duration SILENT = Duration.ofSeconds(3);
    /** One that runs and was not heard of for so long is no longer waited for. */
    private static final Duration UNHEARD = Duration.ofMinutes(1);

    static StartStep of(Ops ops, Closeup seen, String dir) {
        var site = seen.site();
        var p = seen.process();
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", ops.spec().get().name());
        args.put("address", Addressed.text(seen.node().address()));
        args.put("server", site.binary().value());
        args.put("conf", site.conf().value());
        args.put("dir", dir);
        args.put("data", seen.data());
        args.put("port", Integer.toString(seen.port()));
        args.put("user", site.user().orElse(""));
        args.put("unit", site.unit().orElse(""));
        args.put("log", site.log().map(Object::toString).orElse(""));
        var last = site.lastRun();
        args.put("nofile", last.map(LastRun::openFiles).orElse(p.nofile()));
        args.put("env", last.map(l -> String.join("\n", l.environment())).orElse(p.env()));
        args.put("root", Boolean.toString(p.rootNeeded() || site.unit().isPresent()));
        return new StartStep(new StepId("start/" + seen.node().address()), site.host(), new StepSpec(KIND, args), ops);
    }

    /** Starts it by a timer on its host, unless it runs by then: what must hold also when nobody is left to start it. */
    public Script promise(String verb, String mark, Duration after) {
        return call(verb, "").with("mark", mark).with("after", Long.toString(after.toSeconds()));
    }

    private NodeAddress address() {
        return Addressed.address(spec.arg("address"));
    }

    private ScriptStep script() {
        return new ScriptStep(id, on, spec, title(), call("apply", ""), List.of(), List.of());
    }

    private Script call(String verb, String from) {
        var script = Script.of("node-start", verb).with("from", from);
        for (var name : PASSED) {
            script = script.with(name, spec.args().getOrDefault(name, "")); // a journal of before knows no data
        }
        return Boolean.parseBoolean(spec.arg("root")) ? script.asRoot() : script;
    }

    @Override
    public Say title() {
        return Say.of("nodes.step.start", "node", address());
    }

    @Override
    public List<String> commands() {
        var shown = new ArrayList<String>();
        shown.add(
                spec.arg("unit").isEmpty()
                        ? "cd " + path("dir") + " && " + path("server") + " " + path("conf")
                        : "systemctl start " + Quote.word(spec.arg("unit")));
        shown.addAll(script().commands());
        return shown;
    }

    private String path(String arg) {
        return Quote.path(spec.arg(arg));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var verdict = script().check(ground);
        if (verdict instanceof Verdict.Done && !serves()) {
            return new Verdict.Needed(Say.of("nodes.start.not-yet", "node", address()));
        }
        return verdict;
    }

    private boolean serves() throws Failure, InterruptedException {
        try (var link = ops.links().act(address())) {
            return Asking.pings(link);
        } catch (Unreachable | OutcomeUnknown silent) {
            return false;
        }
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        apply(ground, live, UNHEARD);
    }

    void apply(Ground ground, Consumer<Line> live, Duration unheard) throws Failure, InterruptedException {
        var exit = ground.host(on).run(call("apply", ""), live);
        var from = exit.fact("log_from").orElse("0");
        if (!exit.ok()) {
            var why = exit.why()
                    .orElse(Say.of("nodes.start.died", "port", address().port()));
            throw new CommandFailed(why, new Say(why.key() + ".next", why.args()), exit.code(), exit.tail());
        }
        var heard = new AtomicLong(System.nanoTime());
        long looked = heard.get();
        int pause = 50;
        while (!loaded(live, heard)) {
            long now = System.nanoTime();
            if (now - Math.max(heard.get(), looked) > SILENT.toNanos()) {
                mustRun(ground, from, live, Duration.ofNanos(now - heard.get()).compareTo(unheard) >= 0);
                looked = System.nanoTime();
            }
            Thread.sleep(pause);
            pause = Math.min(500, pause * 2); // each time costs a server that speaks TLS a handshake
        }
    }

    /** Whether it serves; tells how far it has loaded. */
    private boolean loaded(Consumer<Line> live, AtomicLong heard) throws Failure, InterruptedException {
        try (var link = ops.links().act(address())) {
            heard.set(System.nanoTime());
            if (link.call("PING") instanceof Reply.Refused busy && busy.code().equals("LOADING")) {
                var info = InfoParser.parse(Asking.text(link, "INFO", "persistence"));
                var percent = info.getOrDefault("loading_loaded_perc", "-1");
                live.accept(new Line.Progress((int) Double.parseDouble(percent), "LOADING"));
                return false;
            }
            return true;
        } catch (Unreachable | OutcomeUnknown silent) {
            return false;
        }
    }

    /**
     * A server that ended no longer listens. That we do not get through proves nothing: where there is much to do, connecting alone takes
     * longer than any time that a dead one should be waited for.
     */
    private void mustRun(Ground ground, String from, Consumer<Line> live, boolean over)
            throws Failure, InterruptedException {
        var last = new ArrayList<String>();
        var exit = ground.host(on).run(call("why", from), line -> {
            live.accept(line);
            if (line instanceof Line.Text text) {
                last.add(text.text());
            }
        });
        boolean runs = exit.fact("listens").isPresent();
        if (!runs || over) {
            var what = Say.of(
                    runs ? "nodes.start.unheard" : "nodes.start.died",
                    "port",
                    address().port());
            throw new CommandFailed(what, new Say(what.key() + ".next", what.args()), 1, last);
        }
    }
}
