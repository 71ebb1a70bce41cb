package io.clusterdeck.redis.build;

import io.clusterdeck.plan.ScriptStep;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepKind;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Script;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The kinds of steps that build and destroy, made from their data. */
public final class BuildSteps {

    /** A small host compiles for hours, and what a server saves or where it is moved to may be large: these are never cut off half-way. */
    private static final Set<String> AT_LEISURE = Set.of("compile", "remove");

    /** Arguments that say how a script is run, or what is to be known after it. */
    private static final Set<String> NOT_ITS = Set.of("sudo", DestroyPlanner.AWAY);

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    private BuildSteps() {}

    /** @param shelf a folder of this computer for what is on its way to hosts */
    public static Map<String, StepKind> kinds(Path shelf) {
        var shelved = new Shelf(shelf);
        var kinds = new LinkedHashMap<String, StepKind>();
        kinds.put("build.look", LookStep::new);
        kinds.put("build.ways", WaysStep::new);
        for (var scripted : List.of("claim", "cure", "uncure", "tools", "compile", "remove")) {
            kinds.put("build." + scripted, BuildSteps::scripted);
        }
        kinds.put("build.source", (id, on, spec) -> new SourceStep(id, on, spec, shelved));
        kinds.put("build.install", (id, on, spec) -> new InstallStep(id, on, spec, shelved));
        kinds.put("build.certify", CertifyStep::new);
        kinds.put("build.configure", ConfigureStep::new);
        kinds.put("build.start", StartStep::new);
        kinds.put("build.create", CreateStep::new);
        kinds.put("build.prove", ProveStep::new);
        return kinds;
    }

    /**
     * Sets a setting of a host's kernel, now and after the next start.
     *
     * @param what {@code overcommit}, {@code somaxconn} or {@code huge-pages}
     * @param root whether we sign in there as root
     */
    public static Step cure(HostName host, String what, boolean root) {
        var setting = Objects.requireNonNull(BuildStages.CURES.get(what), what);
        var args = new LinkedHashMap<String, String>();
        args.put("what", what);
        args.put("key", setting.getFirst());
        args.put("value", setting.getLast());
        args.put("build", "whoever-asked"); // no building of a cluster, whose end would take it back
        args.put("undo", "");
        args.put("sudo", root ? "no" : "yes");
        return scripted(new StepId("cure-" + what + "/" + host), host, new StepSpec("build.cure", args));
    }

    /** Takes back what {@code cure.sh} set for one building, where nobody else of ours wants it. */
    static Step uncure(HostName host, String what, String build, boolean root) {
        var args = new LinkedHashMap<String, String>();
        args.put("what", what);
        args.put("key", BuildStages.setting(what, "").getFirst());
        args.put("build", build);
        args.put("undo", "yes");
        args.put("sudo", root ? "no" : "yes");
        return scripted(new StepId("uncure-" + what + "/" + host), host, new StepSpec("build.uncure", args));
    }

    static Step make(Map<String, StepKind> kinds, StepId id, HostName on, StepSpec spec) {
        var kind = kinds.get(spec.kind());
        if (kind == null) {
            throw new IllegalStateException("no step of kind " + spec.kind());
        }
        return kind.make(id, on, spec);
    }

    /** A step that is one script: its kind names the script, its data are the arguments, but for sudo. */
    static Step scripted(StepId id, HostName on, StepSpec spec) {
        var name = spec.kind().substring("build.".length());
        var script = Script.of(name.equals("uncure") ? "cure" : name, "apply")
                .within(AT_LEISURE.contains(name) ? DAY : HOUR);
        for (var arg : spec.args().entrySet()) {
            script = NOT_ITS.contains(arg.getKey()) ? script : script.with(arg.getKey(), arg.getValue());
        }
        script = spec.arg("sudo").equals("yes") ? script.asRoot() : script;
        return new ScriptStep(id, on, spec, Say.of("build.step." + name, "host", on), script, List.of(), List.of());
    }
}
