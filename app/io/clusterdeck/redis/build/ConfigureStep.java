package io.clusterdeck.redis.build;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptFailed;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The nodes' folders on a host: redis.conf, which is the release's own or the one that is there, edited in place; and nodes.conf where none
 * exists, so that the nodes wake up as a cluster. What a node has in its nodes.conf already is never touched.
 */
final class ConfigureStep extends HostStep {

    private final List<Member> here;
    private final Members members;
    private final Map<Integer, FileDiff> compared;
    private final Set<Integer> fresh;

    ConfigureStep(StepId id, HostName on, StepSpec spec) {
        this(id, on, spec, Map.of(), Set.of());
    }

    private ConfigureStep(StepId id, HostName on, StepSpec spec, Map<Integer, FileDiff> compared, Set<Integer> fresh) {
        super(id, on, spec);
        this.compared = compared;
        this.fresh = fresh;
        this.members = Members.of(spec.arg("members"));
        this.here = members.on(on);
    }

    private Script configure(String verb) {
        return script("configure", verb, "root", "data").with("ports", ports()).with("port", "");
    }

    private String ports() {
        return here.stream().map(m -> String.valueOf(m.port())).collect(Collectors.joining(" "));
    }

    private Script write(List<Integer> edited) {
        return script("configure", "write", "root", "data", "owner")
                .with("ports", ports())
                .with("edited", edited.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .with("ids", here.stream().map(m -> m.port() + "=" + m.id()).collect(Collectors.joining(" ")))
                .with("table", members.nodesConf().text(Optional.empty()).stripTrailing());
    }

    @Override
    public List<String> commands() {
        return List.of(command(write(here.stream().map(Member::port).toList())));
    }

    @Override
    public List<FileDiff> edits() {
        var edits = new ArrayList<FileDiff>();
        for (var m : here) {
            if (compared.containsKey(m.port())) {
                edits.add(compared.get(m.port()));
            }
            if (fresh.contains(m.port())) {
                edits.add(new FileDiff(
                        folder(m.port()).child(arg("data")).child("nodes.conf"),
                        null,
                        members.nodesConf().text(Optional.of(m.id()))));
            }
        }
        return edits;
    }

    private RemotePath folder(int port) {
        return new RemotePath(arg("root")).child(String.valueOf(port));
    }

    /**
     * The same, told what its edits are made to: the files that lie there, and for new ones the redis.conf that they will be made from.
     * Only lines that say something are compared: a plan of hundreds of nodes is kept in a journal. Looks at the host, and so blocks.
     *
     * @param known the redis.conf of the release
     * @param begun whether a building of ours was begun on the host
     * @param installed whether the release lies there already
     */
    ConfigureStep compared(Ground ground, ReleaseConf known, boolean begun, boolean installed)
            throws Failure, InterruptedException {
        var look = begun
                ? Optional.of(ground.host(on()).run(configure("look"), line -> {}))
                        .filter(Exit::ok)
                : Optional.<Exit>empty();
        var release = RedisConf.of(known.bytes());
        var basis = known.basis();
        if (look.isPresent() && installed) {
            release = text(look.get());
            basis = Say.of("build.basis.host", "host", on());
        }
        var edits = new LinkedHashMap<Integer, FileDiff>();
        var without = new HashSet<Integer>();
        for (var m : here) {
            var before = release;
            var of = basis;
            if (!"-".equals(told(look, "conf_" + m.port()))) {
                before = text(ask(ground, configure("text").with("port", m.port())));
                of = Say.of("build.basis.there");
            }
            var edit = new FileDiff(
                    folder(m.port()).child("redis.conf"),
                    before.said(),
                    NodeSettings.edit(before, spec(), m.port(), NodeSettings.any(spec()))
                            .said(),
                    Optional.of(of));
            if (!Objects.equals(edit.before(), edit.after())) {
                edits.put(m.port(), edit);
            }
            if ("-".equals(told(look, "node_" + m.port()))) {
                without.add(m.port());
            }
        }
        return new ConfigureStep(id(), on(), spec(), edits, without);
    }

    private static String told(Optional<Exit> look, String fact) {
        return look.flatMap(l -> l.fact(fact)).orElse("-");
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var look = ask(ground, configure("look"));
        var leftover = look.fact("leftover");
        if (leftover.isPresent()) {
            return blocked(Say.of("build.configure.leftover", "file", leftover.get()));
        }
        boolean fresh = false;
        for (var m : here) {
            var id = look.fact("node_" + m.port()).orElse("-");
            if (!id.equals("-") && !id.equals(m.id().value())) {
                return blocked(Say.of("build.configure.other-node", "port", m.port(), "root", arg("root")));
            }
            fresh |= id.equals("-");
        }
        var edited = edited(ground, look);
        if (edited.isEmpty() && !fresh) {
            return new Verdict.Done(Say.of("build.configure.there", "n", here.size()));
        }
        return new Verdict.Needed(Say.of("build.configure.missing", "n", edited.size()));
    }

    private static Verdict blocked(Say why) {
        return new Verdict.Blocked(why, next(why));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var edited = edited(ground, ask(ground, configure("look")));
        var script = write(List.copyOf(edited.keySet()));
        for (var e : edited.entrySet()) {
            script = script.secret(
                    "conf_" + e.getKey(), Secret.of(Packed.of(e.getValue().bytes())));
        }
        run(ground, script, live);
    }

    /** The files that must change, by port. */
    private Map<Integer, RedisConf> edited(Ground ground, Exit look) throws Failure, InterruptedException {
        var password = Talk.password(spec(), ground);
        var release = text(look);
        var edited = new LinkedHashMap<Integer, RedisConf>();
        for (var m : here) {
            var wanted = NodeSettings.edit(release, spec(), m.port(), password);
            var sum = look.fact("conf_" + m.port()).orElse("-");
            if (sum.equals("-")) {
                edited.put(m.port(), wanted);
            } else if (!sum.equals(Packed.sha256(wanted.bytes()))) {
                // somebody else's edits stay; only what the blueprint says is put right
                var present = text(ask(ground, configure("text").with("port", m.port())));
                var righted = NodeSettings.edit(present, spec(), m.port(), password);
                if (!righted.equals(present)) {
                    edited.put(m.port(), righted);
                }
            }
        }
        return edited;
    }

    private RedisConf text(Exit exit) throws UnexpectedOutput {
        var text = exit.fact("text");
        if (text.isEmpty()) {
            throw ScriptFailed.untold("configure", on());
        }
        return RedisConf.of(Packed.open(text.get()));
    }
}
