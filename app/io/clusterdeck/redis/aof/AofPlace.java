package io.clusterdeck.redis.aof;

import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Closeup;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.ssh.Script;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a node's append-only file is, as arguments of steps and scripts. */
final class AofPlace {
    private static final List<String> PASSED =
            List.of("server", "dir", "aof", "aofdir", "user", "port", "act", "stamp", "running");

    private AofPlace() {}

    static Map<String, String> args(Ops ops, Closeup seen) {
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", ops.spec().get().name());
        args.put("node", seen.node().id().value());
        args.put("address", Addressed.text(seen.node().address()));
        args.put("server", seen.site().binary().value());
        args.put("dir", seen.data());
        args.put("aof", seen.setting("appendfilename", "appendonly.aof"));
        args.put("aofdir", seen.setting("appenddirname", seen.answers() ? "" : "appendonlydir"));
        args.put("user", seen.site().user().orElse(""));
        args.put("port", Integer.toString(seen.port()));
        args.put("running", seen.answers() || seen.process().found() ? "yes" : "no");
        args.put("root", Boolean.toString(seen.process().rootNeeded() || seen.foreign()));
        return args;
    }

    /** The script's invocation with those of its arguments that a step has. */
    static Script script(StepSpec spec, String resource, String verb) {
        var script = Script.of(resource, verb);
        for (var name : PASSED) {
            if (spec.args().containsKey(name)) {
                script = script.with(name, spec.arg(name));
            }
        }
        return Boolean.parseBoolean(spec.arg("root")) ? script.asRoot() : script;
    }
}
