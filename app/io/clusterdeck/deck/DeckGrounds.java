package io.clusterdeck.deck;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Grounds;
import io.clusterdeck.plan.Lease;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.redis.config.Passwords;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the runs of all clusters stand on.
 *
 * @param opened finds a cluster by name
 */
record DeckGrounds(Home home, Answers answers, Function<String, Opened> opened, Builds builds) implements Grounds {

    private static final Logger LOG = LoggerFactory.getLogger(DeckGrounds.class);

    @Override
    public Path runs(ClusterRef on) {
        return home.runs(on.name());
    }

    @Override
    public Collection<Path> allRuns() {
        return home.allRuns();
    }

    @Override
    public void begins(Plan plan) throws Failure {
        new PasswordChange(answers, opened.apply(plan.on().name()).spec()).begins(plan);
    }

    @Override
    public Ground ground(Plan plan) {
        return opened.apply(plan.on().name());
    }

    /**
     * On every host that the plan touches or that holds a node: beside the configuration of each node that is known there. The first may not
     * be there yet; another Clusterdeck need not know the same ones. Nowhere for a plan that only looks.
     */
    @Override
    public List<Lease.Place> lease(Plan plan) {
        if (plan.reads()) {
            return List.of();
        }
        var cluster = opened.apply(plan.on().name());
        var places = new ArrayList<Lease.Place>();
        for (var name :
                cluster.spec().hosts().stream().map(HostSpec::name).distinct().toList()) {
            place(cluster, name).ifPresent(places::add);
        }
        return places;
    }

    private static Optional<Lease.Place> place(Opened cluster, HostName name) {
        var folders = cluster.spec().sites().stream()
                .filter(s -> s.host().equals(name))
                .sorted(Comparator.comparing(s -> s.conf().value()))
                .map(s -> parent(s.conf()))
                .distinct()
                .toList();
        try {
            var host = cluster.host(name);
            return folders.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Lease.Place(host, folders.getFirst(), folders.subList(1, folders.size())));
        } catch (Failure unknown) {
            LOG.warn("no lease on {}: {}", name, unknown.what());
            return Optional.empty();
        }
    }

    private static RemotePath parent(RemotePath file) {
        int slash = file.value().lastIndexOf('/');
        return slash > 0 ? new RemotePath(file.value().substring(0, slash)) : new RemotePath("/");
    }

    @Override
    public void waits(Say why) {
        answers.waits(why);
    }

    @Override
    public Collection<Secret> secrets(ClusterRef on) {
        var cluster = opened.apply(on.name());
        var hosts = cluster.spec().hosts().stream()
                .flatMap(h -> Stream.of(Asker.Kind.PASSWORD, Asker.Kind.SUDO).map(kind -> Answers.hostKey(h, kind)));
        var own = Stream.of(Answers.clusterKey(on.name(), ClusterSpec.PASSWORD));
        var known = Stream.concat(own, hosts).flatMap(key -> answers.known(key).stream());
        var next = answers.kept(Answers.clusterKey(on.name(), Passwords.NEXT)).values().stream();
        var kept = Stream.concat(known, next);
        return Stream.concat(kept, cluster.words.renames().all().stream()).toList();
    }

    @Override
    public Optional<Plan> again(Plan approved) throws Failure, InterruptedException {
        return builds.again(approved, ground(approved));
    }
}
