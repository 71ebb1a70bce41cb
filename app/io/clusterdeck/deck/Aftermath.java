package io.clusterdeck.deck;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.redis.build.DestroyPlanner;
import io.clusterdeck.redis.config.Passwords;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this computer keeps, or forgets, once a run has ended well: the password that a cluster was changed to, a cluster that was
 * destroyed. May be done twice.
 */
record Aftermath(
        Home home, Secrets kept, Function<Plan, PasswordChange> passwords, Forgetting destroyed, Keeping left) {

    private static final Logger LOG = LoggerFactory.getLogger(Aftermath.class);
    private static final String JOURNAL = ".jsonl";

    /** Forgets a cluster. */
    interface Forgetting {
        void forget(String cluster) throws Failure;
    }

    /** Keeps what could not be destroyed of one. */
    interface Keeping {
        void keep(ClusterSpec rest) throws Failure;
    }

    void of(Plan plan) throws Failure {
        passwords.apply(plan).done(plan);
        // what kernels were set to for it may be put back beside it
        if (DestroyPlanner.destroys(plan)) {
            destroyed(plan);
        }
    }

    private void destroyed(Plan plan) throws Failure {
        var name = plan.on().name();
        var rest = ClusterFiles.read(home, name).flatMap(spec -> DestroyPlanner.left(spec, plan));
        if (rest.isPresent()) {
            var hosts = rest.get().sites().stream().map(NodeSite::host).collect(Collectors.toSet());
            new UpkeepFile(home, name).keep(Upkeep.destroyed(hosts));
            left.keep(rest.get());
        } else {
            destroyed.forget(name);
        }
    }

    /** Of runs that ended well right before their process died. */
    void catchUp(Runs runs) {
        for (var plan : open()) {
            try {
                var run = runs.one(plan);
                if (run.ended().filter(e -> e.outcome() == Outcome.DONE).isPresent()) {
                    of(run.plan());
                }
            } catch (Failure undone) {
                LOG.warn("what follows {} was not done: {}", plan, undone.what());
            }
        }
    }

    /** What was kept for runs whose process died before anything of them was written down: no run will ever end that forgets it. */
    void clear(JournaledRuns runs) {
        try {
            for (var cluster : home.clusters()) {
                for (var name : changing(cluster)) {
                    runs.ifNeverBegun(new ClusterRef(cluster), plan(name), () -> kept.forget(name));
                }
            }
        } catch (Failure left) {
            LOG.warn("what is left of runs that never began was not cleared: {}", left.what());
        }
    }

    /** The names of the passwords that a cluster is being changed to. */
    private List<String> changing(String cluster) throws Failure {
        var next = Answers.clusterKey(cluster, Passwords.NEXT);
        return kept.names().stream().filter(n -> n.startsWith(next)).toList();
    }

    private static PlanId plan(String secret) {
        return new PlanId(secret.substring(secret.lastIndexOf('/') + 1));
    }

    /** Those that something is left of. */
    private List<PlanId> open() {
        var open = new ArrayList<PlanId>();
        try {
            for (var cluster : home.clusters()) {
                changing(cluster).forEach(name -> open.add(plan(name)));
                destroying(cluster).ifPresent(open::add);
            }
        } catch (Failure | IOException unreadable) {
            LOG.warn("whether something is left to be done can't be told", unreadable);
        }
        return open;
    }

    /** The last run of a cluster that is kept still, where that was to destroy it: not of one that was adopted again since. */
    private Optional<PlanId> destroying(String cluster) throws IOException {
        try (var files = Files.list(home.runs(cluster))) {
            var last = files.filter(f -> f.toString().endsWith(JOURNAL)).max(Comparator.naturalOrder());
            return last.isPresent() && destroys(last.get()) && newer(last.get(), cluster)
                    ? Optional.of(new PlanId(name(last.get())))
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static String name(Path journal) {
        var name = journal.getFileName().toString();
        return name.substring(0, name.length() - JOURNAL.length());
    }

    /** By its name: a journal is long. */
    private static boolean destroys(Path journal) {
        return name(journal).contains("-destroy-");
    }

    private boolean newer(Path journal, String cluster) throws IOException {
        var changed = Files.getLastModifiedTime(journal);
        return home.clusterChanged(cluster)
                .filter(c -> c.compareTo(changed) < 0)
                .isPresent();
    }
}
