package io.clusterdeck.redis.build;

import io.clusterdeck.deck.Authorities;
import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Grounds;
import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Lease;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.InfoParser;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.Way;
import io.clusterdeck.store.Guarded;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Builds what a blueprint says with the real runner, journals below a folder of the test's, and asks the nodes themselves what came of it. */
public final class Building implements AutoCloseable, Grounds, Ground {

    private final Path folder;
    private final Hosts hosts;
    private final Map<StepId, Runnable> deeds = new HashMap<>();
    public final Map<String, Secret> secrets = new HashMap<>();
    private JournalTap tap = JournalTap.NONE;
    private final Map<PlanId, Blueprint> wishes = new HashMap<>();
    private final Map<PlanId, ClusterSpec> specs = new HashMap<>();
    private int plans;

    public Building(Path folder, Asker asker) {
        this.folder = folder;
        this.hosts = new Hosts(asker);
    }

    public static Building local(Path folder) {
        return new Building(folder, Asker.NOBODY);
    }

    /** Over SSH: new hosts are trusted, and what ssh remembers is kept in that folder, too. */
    public static Building over(Path folder) {
        return over(folder, Optional.empty());
    }

    /** @param password to sign in and for sudo, where one is asked for */
    public static Building over(Path folder, Optional<Secret> password) {
        System.setProperty("clusterdeck.ssh", folder.resolve("ssh").toString());
        return new Building(folder, new Asker() {
            @Override
            public boolean trust(HostSpec host, String keyType, String fingerprint) {
                return true;
            }

            @Override
            public Optional<Secret> secret(Want want) {
                return password;
            }
        });
    }

    /** Does something right before a step is checked in the runs that are started from now on; not in those that are resumed. */
    public void haltAt(String step, Runnable deed) {
        deeds.put(new StepId(step), deed);
    }

    private Plan interrupted(Plan plan) {
        var stages = plan.stages().stream()
                .map(stage -> new Stage(
                        stage.id(),
                        stage.title(),
                        stage.steps().stream().map(this::interrupted).toList()))
                .toList();
        return new Plan(plan.id(), plan.on(), plan.title(), stages, plan.costs());
    }

    private Step interrupted(Step step) {
        var deed = deeds.remove(step.id());
        return deed == null ? step : new Interrupted(step, deed);
    }

    public RunState resume(Plan plan) throws Failure, InterruptedException {
        return runs().resume(plan.id()).await();
    }

    public Building password(String clear) {
        secrets.put(ClusterSpec.PASSWORD, Secret.of(clear));
        return this;
    }

    public void tap(JournalTap with) {
        tap = with;
    }

    public static Blueprint read(String text) {
        return switch (BlueprintReader.read("test.yaml", text)) {
            case Reading.Good good -> good.blueprint();
            case Reading.Bad bad -> throw new AssertionError(bad.mistakes());
        };
    }

    /** The plan from fresh facts; every host must answer. */
    public BuildPlan plan(Blueprint blueprint) throws Failure, InterruptedException {
        hosts.know(blueprint.hosts().stream().map(h -> h.ssh()).toList());
        return plan(new PlanId("p" + ++plans), blueprint, BuildPlanner.freshBuild());
    }

    private BuildPlan plan(PlanId id, Blueprint blueprint, String build) throws Failure, InterruptedException {
        var found = Survey.look(blueprint, this);
        if (!found.failures().isEmpty()) {
            throw new AssertionError(found.failures().toString());
        }
        wishes.put(id, blueprint);
        var authority = new Guarded(folder.resolve("tls"));
        Authorities.complete(authority, blueprint);
        var shelf = folder.resolve("shelf");
        var plan = BuildPlanner.plan(id, blueprint, found.facts(), build, shelf, authority.folder())
                .certified(this)
                .sparing(this, found.facts())
                .compared(this, blueprint, found.facts(), shelf);
        specs.put(id, plan.spec());
        return plan;
    }

    @Override
    public List<Lease.Place> lease(Plan plan) {
        var spec = specs.get(plan.id());
        return spec == null ? List.of() : LeasePlaces.of(spec, this::host);
    }

    /** As the deck does it: a resumed building is planned again from the same blueprint and fresh facts. */
    @Override
    public Optional<Plan> again(Plan approved) throws Failure, InterruptedException {
        var build = BuildPlanner.begun(approved).orElseThrow();
        return Optional.of(plan(approved.id(), wishes.get(approved.id()), build).plan());
    }

    public JournaledRuns runs() {
        return new JournaledRuns(this, BuildSteps.kinds(folder.resolve("shelf")), tap);
    }

    public RunState run(Plan plan) throws Failure, InterruptedException {
        return runs().start(interrupted(plan)).await();
    }

    /** What stopped a run, in words, for an assertion's message. */
    public static String why(RunState state) {
        var words = Words.in(Locale.ENGLISH);
        return state.steps().entrySet().stream()
                .filter(e -> e.getValue().phase() == RunState.Phase.FAILED)
                .map(e ->
                        e.getKey() + ": " + e.getValue().busy().map(words::say).orElse("?") + "\n    "
                                + e.getValue().next().map(words::say).orElse("") + "\n"
                                + String.join("\n", e.getValue().lastLines()))
                .collect(Collectors.joining("\n"));
    }

    public String journal(Plan plan) throws IOException {
        return Files.readString(folder.resolve("runs").resolve(plan.id() + ".jsonl"));
    }

    public Links links(BuildPlan of) {
        Ways ways = to -> {
            var site = site(of, to.port(), to.host());
            return site.host().value().isEmpty()
                    ? new Way.Direct(to.host(), to.port())
                    : host(site.host())
                            .reach(InetSocketAddress.createUnresolved(
                                    site.local().orElse(to.host()), to.port()));
        };
        var login = new Login("", Optional.ofNullable(secrets.get(ClusterSpec.PASSWORD)));
        return new LettuceLinks(ways, () -> login, () -> of.spec().tls());
    }

    private static NodeSite site(BuildPlan of, int port, String address) {
        return of.spec().sites().stream()
                .filter(s -> s.address().port() == port && s.address().host().equals(address))
                .findFirst()
                .orElseThrow();
    }

    /** INFO of every node, in the order of the sites. */
    public List<Map<String, String>> infos(BuildPlan of) throws Failure, InterruptedException {
        var infos = new ArrayList<Map<String, String>>();
        try (var links = links(of)) {
            for (var site : of.spec().sites()) {
                try (var link = links.act(site.address())) {
                    infos.add(InfoParser.parse(link.call("INFO").text()));
                }
            }
        }
        return infos;
    }

    /** Ends the servers, each by the command SHUTDOWN; one that does not answer is not there. */
    public void shutDown(BuildPlan of) throws InterruptedException {
        try (var links = links(of)) {
            for (var site : of.spec().sites()) {
                try (var link = links.act(site.address())) {
                    link.call("SHUTDOWN", "NOSAVE");
                } catch (Failure goneAsAsked) {
                    continue;
                }
            }
        }
    }

    @Override
    public Path runs(ClusterRef on) {
        try {
            return Files.createDirectories(folder.resolve("runs"));
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    @Override
    public Collection<Path> allRuns() {
        return List.of(folder.resolve("runs"));
    }

    @Override
    public Ground ground(Plan plan) {
        return this;
    }

    @Override
    public Collection<Secret> secrets(ClusterRef on) {
        return secrets.values();
    }

    @Override
    public Host host(HostName name) throws Failure {
        return hosts.host(name);
    }

    @Override
    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }

    @Override
    public void close() {
        hosts.close();
    }
}
