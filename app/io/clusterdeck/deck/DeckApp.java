package io.clusterdeck.deck;

import io.clusterdeck.deck.paper.HomePapers;
import io.clusterdeck.deck.paper.Papers;
import io.clusterdeck.plan.JournalTap;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.DestroyPlanner;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Secrets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deck over a home folder: wires store, runs and the clusters' parts together. */
public final class DeckApp implements Deck {

    private static final Logger LOG = LoggerFactory.getLogger(DeckApp.class);

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Home home;
    private final Secrets kept;
    private final Answers answers;
    private final Builds builds;
    private final Runs runs;
    private final DeckArchive archive;
    private final Map<String, Opened> opened = new ConcurrentHashMap<>();
    private final List<Consumer<List<ClusterSpec>>> listeners = new CopyOnWriteArrayList<>();

    private DeckApp(Home home, Questions person, JournalTap tap) throws Failure {
        this.home = home;
        this.kept = home.secrets();
        this.answers = new Answers(person, kept);
        this.builds = new Builds(home, kept, answers);
        this.archive = new DeckArchive(home, this::open);
        var grounds = new DeckGrounds(home, answers, this::any, builds);
        var aftermath = new Aftermath(
                home,
                kept,
                this::passwords,
                this::forget,
                left -> any(left.name()).keep(left));
        var journaled = new JournaledRuns(grounds, Kinds.of(home.folder().resolve("shelf"), this::any), tap);
        this.runs = new DeckRuns(
                journaled,
                home,
                this::mayRun,
                plan -> {
                    var spec = builds.started(plan);
                    if (spec.isPresent()) {
                        any(plan.on().name()).keep(spec.get());
                    }
                },
                plan -> passwords(plan).withdrawn(plan),
                aftermath::of);
        aftermath.clear(journaled);
        aftermath.catchUp(runs);
    }

    public static DeckApp open(Home home, Questions person) throws Failure {
        return open(home, person, JournalTap.NONE);
    }

    /** @param tap where tests let runs die */
    public static DeckApp open(Home home, Questions person, JournalTap tap) throws Failure {
        return new DeckApp(home, person, tap);
    }

    private PasswordChange passwords(Plan plan) {
        return new PasswordChange(answers, any(plan.on().name()).spec());
    }

    private void mayRun(Plan plan) throws Failure {
        var name = plan.on().name();
        if (!plan.reads() && readable(name).readOnly()) {
            throw new NotAllowed(Say.of("nodes.read-only", "cluster", name), Say.of("nodes.read-only.next"));
        }
    }

    @Override
    public List<ClusterSpec> clusters() {
        return ClusterFiles.all(home);
    }

    @Override
    public Subscription eachClusters(Consumer<List<ClusterSpec>> to) {
        listeners.add(to);
        Thread.ofVirtual().name("tell clusters").start(() -> to.accept(clusters()));
        return () -> listeners.remove(to);
    }

    @Override
    public OpenCluster open(String name) throws Failure {
        if (ClusterFiles.read(home, name).isEmpty()) {
            throw new NotAllowed(
                    Say.of("deck.unknown", "cluster", name), Say.of("deck.unknown.next", "known", home.clusters()));
        }
        return any(name);
    }

    /** Also one that is not kept yet: hosts and sites come with its plan. */
    private Opened any(String name) {
        return opened.computeIfAbsent(name, n -> new Opened(spec(n), answers, this::keep, home, Optional.of(archive)));
    }

    private ClusterSpec spec(String name) {
        try {
            return ClusterFiles.read(home, name).orElseGet(() -> ClusterFiles.nothing(name));
        } catch (Failure broken) {
            LOG.warn("cluster {} can't be read: {}", name, broken.what());
            return ClusterFiles.nothing(name);
        }
    }

    /** Nothing is done to a cluster whose file can't be read: that may say that it is read-only, or production. */
    private ClusterSpec readable(String name) throws Failure {
        return ClusterFiles.read(home, name).orElseGet(() -> ClusterFiles.nothing(name));
    }

    private void keep(ClusterSpec changed) throws Failure {
        readable(changed.name()); // else what stands there is lost
        ClusterFiles.write(home, changed);
        tell();
    }

    private void tell() {
        var all = clusters();
        listeners.forEach(l -> l.accept(all));
    }

    @Override
    public Runs runs() {
        return runs;
    }

    @Override
    public Offer build(Blueprint wish) throws Failure, InterruptedException {
        var readOnly = Consents.readOnly(readable(wish.name()));
        return readOnly.isPresent() ? readOnly.get() : plan(wish).offer();
    }

    @Override
    public Drafting drafting() {
        return new DeckDrafting(home, kept, answers, this::plan);
    }

    /** Looks at the hosts aside of whatever is open: a plan that nobody starts must change nothing. */
    private BuildPlan plan(Blueprint wish) throws Failure, InterruptedException {
        var hosts = wish.hosts().stream().map(Blueprint.BuildHost::ssh).toList();
        try (var aside = aside(ClusterFiles.nothing(wish.name()).withHosts(hosts))) {
            return builds.plan(PlanId.now("build-" + wish.name()), wish, aside);
        }
    }

    private Opened aside(ClusterSpec spec) {
        return new Opened(spec, answers, changed -> {}, home, Optional.empty());
    }

    @Override
    public Offer destroy(String cluster, boolean removeData) throws Failure, InterruptedException {
        var open = any(cluster);
        var readOnly = Consents.readOnly(open.spec());
        if (readOnly.isPresent()) {
            return readOnly.get();
        }
        var stamp = STAMP.format(Instant.now());
        return DestroyPlanner.offer(PlanId.now("destroy-" + cluster), open.spec(), open, stamp, removeData);
    }

    @Override
    public Search search(Adoption wish, Consumer<Found> to) throws Failure {
        unknown(wish.name());
        answers.forgetGiven(wish.name());
        wish.password().ifPresent(p -> answers.remember(Answers.clusterKey(wish.name(), ClusterSpec.PASSWORD), p));
        var first = new ClusterSpec(
                wish.name(),
                false,
                false,
                wish.hosts(),
                List.of(wish.seed()),
                wish.access(),
                wish.user(),
                List.of(),
                wish.tls());
        var sought = aside(first);
        wish.configWord().ifPresent(sought.words::everywhere);
        return new Searching(sought, wish.seed(), spec -> adopt(wish, spec, sought), to);
    }

    private void unknown(String name) throws NotAllowed {
        if (home.clusters().contains(name)) {
            throw new NotAllowed(Say.of("deck.adopt.known", "cluster", name), Say.of("deck.adopt.known.next"));
        }
    }

    private void adopt(Adoption wish, ClusterSpec found, Opened sought) throws Failure {
        unknown(found.name());
        new Deeds(home, found.name()).write(Say.of("deck.audit.adopted", "seed", wish.seed()));
        if (wish.password().isPresent()) {
            answers.keep(
                    Answers.clusterKey(found.name(), ClusterSpec.PASSWORD),
                    wish.password().get());
        }
        if (wish.configWord().isPresent()) {
            sought.words.keep(found.name(), wish.configWord().get());
        }
        sought.words.keepLearned(found);
        let(found.name());
        keep(found);
        new UpkeepFile(home, found.name()).plan(sought.watch().now());
    }

    /** Lets go of what may be open under a name: one of an empty spec, too, when only its old runs were read. */
    private void let(String name) {
        Optional.ofNullable(opened.remove(name)).ifPresent(Opened::close);
    }

    @Override
    public Forgotten forget(String cluster) throws Failure {
        var spec = ClusterFiles.read(home, cluster);
        var deeds = new Deeds(home, cluster);
        deeds.write(Say.of("deck.audit.forgotten"));
        let(cluster);
        var upkeep = new UpkeepFile(home, cluster).now();
        var known = answers.of(cluster);
        home.forget(cluster);
        for (var key : known.keySet()) {
            answers.forget(key);
        }
        tell();
        return () -> {
            deeds.write(Say.of("deck.audit.remembered"));
            for (var secret : known.entrySet()) {
                answers.keep(secret.getKey(), secret.getValue());
            }
            if (spec.isPresent()) {
                let(cluster);
                keep(spec.get());
                new UpkeepFile(home, cluster).keep(upkeep);
            }
        };
    }

    @Override
    public Papers papers() {
        return new HomePapers(home, answers::everySecret);
    }

    @Override
    public Demo demo() throws Failure {
        return Demo.begin(this, home);
    }

    @Override
    public List<Demo> leftoverDemos() throws Failure {
        return Demo.leftovers(this, home);
    }

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public Optional<Say> note() {
        return home.note();
    }

    @Override
    public void close() {
        opened.values().forEach(Opened::close);
        opened.clear();
    }
}
