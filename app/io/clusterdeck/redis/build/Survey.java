package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Looks at all hosts at once. */
public final class Survey {

    private Survey() {}

    /**
     * @param facts of the hosts that answered
     * @param failures of those that did not
     */
    public record Result(Map<HostName, HostFacts> facts, Map<HostName, Failure> failures) {}

    /** One exec per host, side by side; blocks until all have answered or failed. */
    public static Result look(Blueprint blueprint, Ground ground) throws InterruptedException {
        var facts = new LinkedHashMap<HostName, HostFacts>();
        var failures = new LinkedHashMap<HostName, Failure>();
        var asked = new ArrayList<Callable<HostFacts>>();
        for (var host : blueprint.hosts()) {
            asked.add(() -> look(ground.host(host.name()), blueprint.layout(), server(blueprint)));
        }
        var answers = SideBySide.all("look", asked);
        for (int i = 0; i < answers.size(); i++) {
            var name = blueprint.hosts().get(i).name();
            switch (answers.get(i)) {
                case SideBySide.Came<HostFacts> came -> facts.put(name, came.value());
                case SideBySide.Failed<HostFacts> failed -> failures.put(name, failed.why());
            }
        }
        return new Result(facts, failures);
    }

    /** The installed server of which it matters whether it knows TLS. */
    private static String server(Blueprint blueprint) {
        return blueprint.tls().isPresent() && blueprint.redis().source() instanceof Blueprint.Source.Installed installed
                ? installed.folder() + "/redis-server"
                : "";
    }

    private static HostFacts look(Host host, Blueprint.Layout layout, String server)
            throws Failure, InterruptedException {
        return look(host, layout.root(), layout.data(), layout.ports(), server);
    }

    /** One host, whatever is to be built on it. */
    public static HostFacts look(Host host, String root, String data, List<Integer> ports)
            throws Failure, InterruptedException {
        return look(host, root, data, ports, "");
    }

    private static HostFacts look(Host host, String root, String data, List<Integer> ports, String server)
            throws Failure, InterruptedException {
        var script = Script.of("facts", "look")
                .with("root", root)
                .with("data", data)
                .with("ports", ports.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                .within(Duration.ofSeconds(60));
        var asked = Instant.now();
        var exit = host.run(server.isEmpty() ? script : script.with("server", server), line -> {});
        if (!exit.ok()) {
            throw new CommandFailed(
                    Say.of("build.look.failed", "host", host.name()),
                    Say.of("build.look.failed.next"),
                    exit.code(),
                    exit.tail());
        }
        return HostFacts.of(host.name(), exit, asked, Instant.now());
    }
}
