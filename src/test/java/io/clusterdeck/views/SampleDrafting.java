package io.clusterdeck.views;

import io.clusterdeck.deck.Drafting;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.BuildPlanner;
import io.clusterdeck.redis.build.ConfPreview;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.SshAliases;
import io.clusterdeck.store.Draft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Drafts in memory, and hosts whose facts the test says. */
public final class SampleDrafting implements Drafting {
    public final Map<String, Draft> drafts = new LinkedHashMap<>();
    public final Map<String, Secret> passwords = new HashMap<>();
    /** By address; a host without facts is not reached. */
    public final Map<String, Map<String, List<String>>> facts = new HashMap<>();
    /** Addresses whose key must be trusted first. */
    public final List<String> unknown = new ArrayList<>();

    @Override
    public List<Draft> drafts() {
        return List.copyOf(drafts.values());
    }

    @Override
    public void keep(Draft draft) {
        drafts.put(draft.id(), draft);
    }

    @Override
    public void forget(String draft) {
        drafts.remove(draft);
        passwords.remove(draft);
    }

    @Override
    public Optional<Secret> password(String draft) {
        return Optional.ofNullable(passwords.get(draft));
    }

    @Override
    public void keepPassword(String draft, Optional<Secret> typed) {
        typed.ifPresentOrElse(p -> passwords.put(draft, p), () -> passwords.remove(draft));
    }

    @Override
    public List<SshAliases.Alias> aliases() {
        return List.of(new SshAliases.Alias("web1", "10.0.0.21"), new SshAliases.Alias("web2", "10.0.0.22"));
    }

    /** What an address asks for. */
    public final Map<String, String> passwordOf = new HashMap<>();

    /** How many hosts were looked at, and how many at most at the same time. */
    public final AtomicInteger looked = new AtomicInteger();

    public final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger looking = new AtomicInteger();

    @Override
    public HostFacts look(Look what, Asker asker) throws Failure, InterruptedException {
        most.accumulateAndGet(looking.incrementAndGet(), Math::max);
        try {
            return told(what, asker);
        } finally {
            looking.decrementAndGet();
            looked.incrementAndGet();
        }
    }

    private HostFacts told(Look what, Asker asker) throws Failure, InterruptedException {
        var address = what.host().address();
        if (unknown.contains(address)
                && !asker.trust(what.host(), "ssh-ed25519", "SHA256:9nYl1Kq0uX3vM0cQ8mC2bT7pWz5eRfHdLs4aGjVxQyo")) {
            throw new Unreachable(Say.of("sample.refused"), Say.of("sample.gone.next"));
        }
        if (passwordOf.containsKey(address)) {
            var want = new Asker.Want(what.host(), Asker.Kind.PASSWORD, "ops", false);
            var told = asker.secret(want).map(Secret::reveal).orElse("");
            if (!told.equals(passwordOf.get(address))) {
                throw new SignInRefused(Say.of("sample.refused"), Say.of("sample.gone.next"));
            }
        }
        var found = facts.get(address);
        if (found == null) {
            throw new Unreachable(Say.of("sample.refused"), Say.of("sample.gone.next"));
        }
        return SampleFacts.of(what.host().name(), found);
    }

    /** What building asks for. */
    public Consent consent = new Consent.Plain();

    @Override
    public FileDiff preview(Blueprint wish, Blueprint.NodeName node, Optional<HostFacts> facts) {
        return ConfPreview.of(wish, node, facts, Path.of("none"));
    }

    @Override
    public BuildPlan plan(Blueprint wish, Optional<Secret> password) {
        var all = new LinkedHashMap<HostName, HostFacts>();
        wish.hosts()
                .forEach(h -> Optional.ofNullable(facts.get(h.ssh().address()))
                        .ifPresent(f -> all.put(h.name(), SampleFacts.of(h.name(), f))));
        var plan = BuildPlanner.plan(
                new PlanId("build-" + wish.name()),
                wish,
                all,
                "0123456789abcdef0123456789abcdef",
                Path.of("shelf"),
                Path.of("tls"));
        return new BuildPlan(
                plan.plan(),
                plan.spec(),
                plan.placement(),
                plan.remarks(),
                consent,
                plan.equivalent(),
                plan.password(),
                plan.running());
    }
}
