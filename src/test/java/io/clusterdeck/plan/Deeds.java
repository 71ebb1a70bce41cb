package io.clusterdeck.plan;

import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.LocalHost;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Steps that really change something, a folder: small enough to be run hundreds of times. {@code applied} there counts what was applied. */
public class Deeds implements Grounds {

    final Path folder;
    Optional<Plan> again = Optional.empty();
    Secret secret = Secret.of("s3cret-of-the-cluster");

    public Deeds(Path folder) {
        this.folder = folder;
    }

    public static Map<String, StepKind> kinds() {
        return Map.of(
                "write",
                Deeds::step,
                "lower",
                Deeds::step,
                "fail",
                Deeds::step,
                "wait",
                Deeds::step,
                "leak",
                Deeds::step);
    }

    public static Step step(StepId id, HostName on, StepSpec spec) {
        return new Deed(id, on, spec);
    }

    public static Step step(String kind, String id, String host, Path folder) {
        return step(new StepId(id), new HostName(host), new StepSpec(kind, Map.of("folder", folder.toString())));
    }

    public static Stage stage(String id, Step... steps) {
        return new Stage(id, Say.of("test.stage", "id", id), List.of(steps));
    }

    public Plan plan(String id, Stage... stages) {
        return new Plan(new PlanId(id), new ClusterRef("carts"), Say.of("test.plan"), List.of(stages), List.of());
    }

    /** Two hosts, a setting that is lowered meanwhile and put back at the end. */
    public Plan usual(String id) {
        return plan(
                id,
                stage("one", step("write", "a1", "h1", folder), step("write", "a2", "h2", folder)),
                stage("two", step("lower", "low", "h1", folder)),
                stage("three", step("write", "b1", "h1", folder), step("write", "c1", "h1", folder)),
                stage("four", step("write", "high", "h1", folder)));
    }

    /** What is there now, without the count. */
    Map<String, String> found() throws IOException {
        var found = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var f : files.filter(Files::isRegularFile).toList()) {
                if (!f.getFileName().toString().equals("applied")) {
                    found.put(f.getFileName().toString(), Files.readString(f));
                }
            }
        }
        return found;
    }

    List<String> applied() throws IOException {
        var count = folder.resolve("applied");
        return Files.exists(count) ? Files.readAllLines(count) : new ArrayList<>();
    }

    @Override
    public Path runs(ClusterRef on) {
        return folder.resolve("runs");
    }

    @Override
    public Collection<Path> allRuns() {
        return List.of(folder.resolve("runs"));
    }

    @Override
    public Ground ground(Plan plan) {
        return new Ground() {
            @Override
            public Host host(HostName name) {
                return new LocalHost(name);
            }

            @Override
            public Optional<Secret> secret(String name) {
                return Optional.of(secret);
            }
        };
    }

    @Override
    public Optional<Plan> again(Plan approved) {
        return again;
    }

    private record Deed(StepId id, HostName on, StepSpec spec) implements Step {

        @Override
        public Say title() {
            return Say.of("test.step", "id", id);
        }

        @Override
        public List<String> commands() {
            return List.of("echo " + id);
        }

        @Override
        public boolean undoable() {
            return spec.kind().equals("lower");
        }

        private Path file(String name) {
            return Path.of(spec.arg("folder")).resolve(name);
        }

        private String setting() {
            try {
                return Files.exists(file("setting")) ? Files.readString(file("setting")) : "";
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public Verdict check(Ground ground) {
            boolean done = switch (spec.kind()) {
                // it says done, too, when what it serves is done
                case "lower" -> setting().equals("low") || Files.exists(file("c1"));
                case "write" -> id.value().equals("high") ? setting().equals("high") : Files.exists(file(id.value()));
                case "wait" -> Files.exists(file(id.value()));
                default -> false;
            };
            return done ? new Verdict.Done(Say.of("test.done")) : new Verdict.Needed(Say.of("test.needed"));
        }

        @Override
        public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
            try {
                Files.writeString(
                        file("applied"), id.value() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                switch (spec.kind()) {
                    case "write" -> {
                        live.accept(new Line.Text("writing " + id, false));
                        if (id.value().equals("high")) {
                            Files.writeString(file("setting"), "high");
                        } else {
                            Files.writeString(file(id.value()), id.value());
                        }
                    }
                    case "lower" -> Files.writeString(file("setting"), "low");
                    case "wait" -> {
                        Files.writeString(file("waiting-" + id.value()), "");
                        while (!Files.exists(file("go"))) {
                            Thread.sleep(5);
                        }
                        Files.writeString(file(id.value()), "");
                    }
                    case "leak" -> {
                        var clear = ground.secret("requirepass").orElseThrow().reveal();
                        live.accept(new Line.Text("requirepass " + clear, false));
                        throw new CommandFailed(
                                Say.of("test.failed", "with", clear), Say.of("test.next"), 1, List.of("tail " + clear));
                    }
                    default ->
                        throw new CommandFailed(Say.of("test.failed"), Say.of("test.next"), 3, List.of("last line"));
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        @Override
        public void undo(Ground ground, Consumer<Line> live) {
            try {
                Files.writeString(file("setting"), "high");
                Files.writeString(
                        file("applied"), "undo " + id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }
}
