package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.ScriptStep;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes settings into a node's configuration file, in place: comments and everything else stay, and the old file is kept beside it. A
 * file that is no longer what the edit was worked out for is left alone. Secrets are asked when it is applied: from the node where it
 * runs, else from others. The sums that are journaled are those of the masked texts: by the sum of a text of which all but a password is
 * known the password can be guessed.
 *
 * @param whole the new text, secrets and all; only of one that was just worked out
 */
public record KeepStep(StepId id, HostName on, StepSpec spec, List<FileDiff> edits, Optional<Secret> whole, Ops ops)
        implements Step {
    public static final String KIND = "node.keep";
    private static final String VALUE = "value.";

    /** Of a node that runs. */
    public static List<Step> of(Ops ops, NodeSite site, ConfFiles files, List<Unkept> settings, String stamp) {
        return of(ops, site, files, settings, stamp, true);
    }

    /**
     * One for each file in which they stand; what stands nowhere yet goes to the file with which the server is started.
     *
     * @param stamp the ending of the copy, such as {@code before-20240131-120000}
     * @param settings what the files are to say
     * @param running whether a secret among them is asked from the node; else it is the password of the others
     */
    public static List<Step> of(
            Ops ops, NodeSite site, ConfFiles files, List<Unkept> settings, String stamp, boolean running) {
        // in one order, whoever asks: a new line goes behind the one before it
        var wanted = settings.stream()
                .sorted(Comparator.comparing(Unkept::directive))
                .toList();
        var after = Unkept.kept(files.tree(), wanted).files();
        var main = site.conf().value();
        var steps = new ArrayList<Step>();
        files.tree().files().forEach((path, before) -> {
            var now = after.getOrDefault(path, before);
            var file = files.each().get(path);
            if (file != null && !now.equals(before)) {
                var here = wanted.stream()
                        .filter(u -> !now.all(u.word()).equals(before.all(u.word())))
                        .toList();
                steps.add(of(ops, site, new RemotePath(path), path.equals(main), file, now, here, stamp, running));
            }
        });
        return steps;
    }

    private static KeepStep of(
            Ops ops,
            NodeSite site,
            RemotePath path,
            boolean main,
            ConfFile file,
            RedisConf after,
            List<Unkept> wanted,
            String stamp,
            boolean running) {
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", ops.spec().get().name());
        args.put("address", Addressed.text(site.address()));
        args.put("conf", path.value());
        args.put("sum", sum(file.conf()));
        args.put("wanted", sum(after));
        args.put("keep", stamp);
        args.put("root", Boolean.toString(file.root()));
        args.put(
                "secrets",
                String.join(
                        " ",
                        wanted.stream()
                                .filter(u -> u.secret() && !after.all(u.word()).isEmpty())
                                .map(Unkept::directive)
                                .toList()));
        wanted.stream()
                .filter(u -> !u.secret() && !after.all(u.word()).isEmpty())
                .forEach(u -> args.put(VALUE + u.directive(), u.running()));
        var gone = wanted.stream()
                .filter(u -> after.all(u.word()).isEmpty())
                .map(Unkept::directive)
                .toList();
        args.put("without", String.join(" ", gone));
        args.put("running", Boolean.toString(running));
        args.put("included", Boolean.toString(!main));
        var edit = new FileDiff(path, file.conf().shown(), after.shown());
        return new KeepStep(
                new StepId("keep/" + site.address() + (main ? "" : path.value())),
                site.host(),
                new StepSpec(KIND, args),
                List.of(edit),
                Optional.of(Secret.of(Packed.of(after.bytes()))),
                ops);
    }

    /** The same, where passwords of named users are a secret of the ground: no node tells them. */
    public KeepStep asking(String secret) {
        var args = new LinkedHashMap<>(spec.args());
        args.put("secret", secret);
        return new KeepStep(id, on, new StepSpec(KIND, args), edits, whole, ops);
    }

    static KeepStep of(StepId id, HostName on, StepSpec spec, Ops ops) {
        return new KeepStep(id, on, spec, List.of(), Optional.empty(), ops);
    }

    public RemotePath path() {
        return new RemotePath(spec.arg("conf"));
    }

    /** Whether other files may include it, too. */
    public boolean included() {
        return Boolean.parseBoolean(spec.args().getOrDefault("included", "false"));
    }

    /** Whether both leave the same file; a secret is each node's own. */
    public boolean sameEdit(KeepStep other) {
        return spec.arg("sum").equals(other.spec.arg("sum"))
                && spec.arg("wanted").equals(other.spec.arg("wanted"))
                && whole.equals(other.whole);
    }

    private static String sum(RedisConf conf) {
        return Packed.sha256(conf.shown().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Say title() {
        return Say.of("nodes.step.keep", "path", spec.arg("conf"), "names", names());
    }

    private List<String> names() {
        var names = new ArrayList<String>(secrets());
        names.addAll(without());
        spec.args().keySet().stream()
                .filter(k -> k.startsWith(VALUE))
                .map(k -> k.substring(VALUE.length()))
                .forEach(names::add);
        return names;
    }

    private List<String> secrets() {
        return words(spec.arg("secrets"));
    }

    /** What another file says from now on. */
    private List<String> without() {
        return words(spec.args().getOrDefault("without", ""));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    @Override
    public List<String> commands() {
        var conf = spec.arg("conf");
        var shown = new ArrayList<String>();
        shown.add("cp -p " + Quote.path(conf) + " " + Quote.path(conf + "." + spec.arg("keep")));
        shown.addAll(new ScriptStep(id, on, spec, title(), script(), List.of(), edits).commands());
        return shown;
    }

    private Script script() {
        var script = Script.of("conf-file", "apply").with("conf", path()).with("keep", spec.arg("keep"));
        return Boolean.parseBoolean(spec.arg("root")) ? script.asRoot() : script;
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var now = ConfFile.read(ground, site()).conf();
        var sum = sum(now);
        if (sum.equals(spec.arg("wanted")) && holds(ground, now)) {
            return new Verdict.Done(Say.of("nodes.conf.written", "path", path()));
        }
        return sum.equals(spec.arg("sum"))
                ? new Verdict.Needed(Say.of("nodes.conf.old", "path", path()))
                : new Verdict.Blocked(changed(), Say.of("nodes.conf.changed.next"));
    }

    /** Whether its secrets are those that it is to hold. */
    private boolean holds(Ground ground, RedisConf now) throws Failure, InterruptedException {
        if (secrets().isEmpty()) {
            return true;
        }
        try {
            return edited(ground, now, running()).equals(now);
        } catch (Unreachable | OutcomeUnknown stopped) {
            // it ran when this was written; where the edit shows in the masked text, nobody else has written it
            return !spec.arg("sum").equals(spec.arg("wanted"))
                    || edited(ground, now, false).equals(now);
        }
    }

    private Say changed() {
        return Say.of("nodes.conf.changed", "path", path());
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var file = ConfFile.read(ground, site());
        var after = edited(ground, file.conf(), running());
        if (!List.of(spec.arg("sum"), spec.arg("wanted")).contains(sum(file.conf()))
                || !sum(after).equals(spec.arg("wanted"))) {
            throw new NotAllowed(changed(), Say.of("nodes.conf.changed.next"));
        }
        var script = script().with("sum", file.sum())
                .with("wanted", Packed.sha256(after.bytes()))
                .secret("text", Secret.of(Packed.of(after.bytes())));
        var exit = ground.host(on).run(script, live);
        if (!exit.ok()) {
            var why = exit.why().orElse(Say.of("nodes.conf.not-written", "path", path()));
            throw new CommandFailed(why, new Say(why.key() + ".next", why.args()), exit.code(), exit.tail());
        }
    }

    private NodeSite site() {
        var address = Addressed.address(spec.arg("address"));
        var conf = new RemotePath(spec.arg("conf"));
        return ops.spec().get().sites().stream()
                .filter(s -> s.at(address) && s.host().equals(on) && s.conf().equals(conf))
                .findFirst()
                .orElseGet(() -> NodeSite.of(address, on, conf, conf, conf));
    }

    private RedisConf edited(Ground ground, RedisConf before, boolean running) throws Failure, InterruptedException {
        var asked = new AskedSecrets(
                ops, Addressed.address(spec.arg("address")), spec.args().getOrDefault("secret", ""));
        var wanted = new ArrayList<>(asked.of(ground, secrets(), running));
        spec.args().forEach((key, value) -> {
            if (key.startsWith(VALUE)) {
                wanted.add(new Unkept(key.substring(VALUE.length()), value, ""));
            }
        });
        wanted.sort(Comparator.comparing(Unkept::directive));
        var after = Unkept.kept(before, wanted);
        for (var gone : without()) {
            after = after.without(gone);
        }
        return after;
    }

    private boolean running() {
        return Boolean.parseBoolean(spec.args().getOrDefault("running", "true"));
    }
}
