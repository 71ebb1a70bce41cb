package io.clusterdeck.deck;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.build.BlueprintWriter;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.BuildPlanner;
import io.clusterdeck.redis.build.Survey;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.redis.nodes.Impact.Stake;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Plans of building: from a blueprint, and again from the blueprint that was kept when its run began. */
final class Builds {

    private final Home home;
    private final Secrets kept;
    private final Answers answers;
    private final Map<PlanId, Draft> drafts = new ConcurrentHashMap<>();

    /** What is kept when the plan is started, and not before. */
    private record Draft(Blueprint wish, ClusterSpec spec, Set<NodeAddress> masters, Optional<Secret> password) {}

    Builds(Home home, Secrets kept, Answers answers) {
        this.home = home;
        this.kept = kept;
        this.answers = answers;
    }

    /** Looks at the hosts and plans; blocks. */
    BuildPlan plan(PlanId id, Blueprint wish, Ground ground) throws Failure, InterruptedException {
        return plan(id, wish, ground, BuildPlanner.freshBuild());
    }

    private BuildPlan plan(PlanId id, Blueprint wish, Ground ground, String build)
            throws Failure, InterruptedException {
        var password = password(wish);
        var seen = Survey.look(wish, ground);
        if (!seen.failures().isEmpty()) {
            throw seen.failures().values().iterator().next();
        }
        var shelf = home.folder().resolve("shelf");
        var authority = Authorities.of(home, wish.name()).folder();
        var planned = over(BuildPlanner.plan(id, wish, seen.facts(), build, shelf, authority)
                .certified(ground)
                .sparing(ground, seen.facts())
                .compared(ground, wish, seen.facts(), shelf));
        drafts.put(id, new Draft(wish, planned.spec(), planned.masters(), password));
        var before = kept.get(Answers.clusterKey(wish.name(), ClusterSpec.PASSWORD));
        if (before.isEmpty() && wish.password() instanceof Blueprint.Password.Generate) {
            return planned.makingPassword();
        }
        boolean other = before.isPresent() && password.isPresent() && !before.equals(password);
        return other ? planned.otherPassword() : planned;
    }

    private BuildPlan over(BuildPlan plan) throws Failure {
        var kept = ClusterFiles.read(home, plan.spec().name());
        return kept.isEmpty()
                ? plan
                : plan.over(
                        kept.get(),
                        Consents.of(kept.get(), Stake.NOTHING, kept.get().name()));
    }

    /** To be kept now that this plan is started, if it is one of ours. */
    Optional<ClusterSpec> started(Plan plan) throws Failure {
        var draft = drafts.get(plan.id());
        if (draft == null) {
            return Optional.empty();
        }
        var name = draft.wish().name();
        var key = Answers.clusterKey(name, ClusterSpec.PASSWORD);
        var password = draft.password().or(() -> answers.known(key));
        if (password.isPresent()) {
            answers.keep(key, password.get());
        }
        Authorities.complete(Authorities.of(home, name), draft.wish());
        home.keepBlueprint(name, BlueprintWriter.write(draft.wish()));
        var upkeep = new UpkeepFile(home, name);
        if (!upkeep.wanted() || !upkeep.now().left().isEmpty()) { // of one that is gone: its masters are not this one's
            upkeep.keep(Upkeep.NONE.planned(draft.masters()));
        } else if (upkeep.now().masters().isEmpty()) { // else the operator has decided meanwhile
            upkeep.keep(upkeep.now().planned(draft.masters()));
        }
        return Optional.of(draft.spec());
    }

    /** The plan of the kept blueprint from fresh facts; empty for plans that do not build. */
    Optional<Plan> again(Plan approved, Ground ground) throws Failure, InterruptedException {
        var builds = approved.steps().stream().anyMatch(s -> s.spec().kind().equals("build.create"));
        var file = home.blueprint(approved.on().name());
        if (!builds || !Files.exists(file)) {
            return Optional.empty();
        }
        var build = BuildPlanner.begun(approved).orElseGet(BuildPlanner::freshBuild);
        return Optional.of(plan(approved.id(), wish(file), ground, build).plan());
    }

    /** The blueprint that was kept. */
    private static Blueprint wish(Path file) throws Failure {
        try {
            return switch (BlueprintReader.read(file)) {
                case BlueprintReader.Reading.Good good -> good.blueprint();
                case BlueprintReader.Reading.Bad bad ->
                    throw new UnexpectedOutput(
                            Say.of(
                                    "deck.blueprint",
                                    "file",
                                    file,
                                    "why",
                                    bad.mistakes().getFirst().say()),
                            Say.of("deck.blueprint.next"));
            };
        } catch (IOException unreadable) {
            throw new NotAllowed(
                    Say.of("deck.not-read", "file", file, "why", unreadable), Say.of("deck.not-read.next"), unreadable);
        }
    }

    /** The one that the nodes are to have. That of a file is not known before a plan with it begins: nodes may run with another. */
    private Optional<Secret> password(Blueprint wish) throws Failure, InterruptedException {
        var key = Answers.clusterKey(wish.name(), ClusterSpec.PASSWORD);
        switch (wish.password()) {
            case Blueprint.Password.Generate g -> {
                if (answers.known(key).isEmpty()) {
                    answers.remember(key, generated());
                }
            }
            case Blueprint.Password.Ask a -> {
                if (answers.password(wish.name(), false).isEmpty()) {
                    throw new NotAllowed(
                            Say.of("deck.no-password", "cluster", wish.name()), Say.of("deck.no-password.next"));
                }
            }
            case Blueprint.Password.File f -> {
                return Optional.of(firstLine(Path.of(f.path())));
            }
            case Blueprint.Password.None n -> {
                return Optional.empty();
            }
        }
        return answers.known(key);
    }

    /** 192 bits in letters that need no quotes anywhere. */
    private static Secret generated() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static Secret firstLine(Path file) throws Failure {
        try (var lines = Files.lines(file)) {
            return lines.findFirst()
                    .filter(l -> !l.isEmpty())
                    .map(Secret::of)
                    .orElseThrow(() -> new UnexpectedOutput(
                            Say.of("deck.password-file-empty", "file", file), Say.of("deck.password-file.next")));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            throw new NotAllowed(
                    Say.of("deck.password-file", "file", file, "why", unreadable),
                    Say.of("deck.password-file.next"),
                    unreadable);
        }
    }
}
