package io.clusterdeck.deck;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.aof.AofOperations;
import io.clusterdeck.redis.drill.DrillGround;
import io.clusterdeck.redis.drill.DrillOperations;
import io.clusterdeck.redis.drill.Failovers;
import io.clusterdeck.redis.drill.Records;
import io.clusterdeck.redis.drill.Rehearsals;
import io.clusterdeck.redis.hosts.HostOperations;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Mute;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Upkeep;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.timeline.Recorder;
import io.clusterdeck.redis.timeline.Shelf;
import io.clusterdeck.redis.watch.ClusterWatch;
import io.clusterdeck.redis.watch.Watch;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Following;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.LogLine;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.CommandHistory;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.SayLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One cluster with everything that is open for it: hosts, links, watch. Its watch begins when it is first asked for. */
final class Opened extends Operable implements Ground, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);
    private static final Duration CLOCK = Duration.ofSeconds(30);

    private final Answers answers;
    private final UpkeepFile upkeep;
    private final SayLog audit;
    private final Deeds deeds;
    private final CommandHistory typed;
    private final Hosts hosts;
    private final Links links;
    final ConfigWords words;
    private final Ops ops;
    private final AofOperations aof;
    private final HostOperations machines;
    private final DrillOperations drills;
    private final Home home;
    private final Optional<DeckArchive> archive;
    private final KeptSpec kept;
    private @org.jspecify.annotations.Nullable ClusterWatch watch;
    private volatile @org.jspecify.annotations.Nullable HostLook look;
    private @org.jspecify.annotations.Nullable Recorder recorder;
    private final Shelf failovers;
    private @org.jspecify.annotations.Nullable Taking taking;

    /** @param archive keeps its history; of one that is only looked for there is none */
    Opened(ClusterSpec spec, Answers answers, Searching.Keeper keeper, Home home, Optional<DeckArchive> archive) {
        this.failovers = new FailoverShelf(home.failovers(spec.name()));
        this.home = home;
        this.archive = archive;
        this.answers = answers;
        this.upkeep = new UpkeepFile(home, spec.name());
        this.audit = home.audit(spec.name());
        this.deeds = new Deeds(home, spec.name());
        this.typed = home.typed(spec.name());
        this.hosts = new Hosts(answers);
        hosts.know(spec.hosts());
        boolean follows = archive.isPresent() && home.clusters().contains(spec.name());
        this.kept = new KeptSpec(home, spec, follows, keeper, now -> hosts.know(now.hosts()));
        this.words = ConfigWords.of(answers, spec);
        this.links =
                new LettuceLinks(new NodeWays(this::spec, hosts), this::login, () -> spec().tls(), words.renames());
        this.ops = new Ops(this::spec, () -> watch().now(), links, this, this::learn);
        this.aof = new AofOperations(ops);
        this.machines = new HostOperations(ops);
        this.drills = new DrillOperations(new DrillGround(
                ops, Records.in(home.drills(spec.name())), new Rehearsals(), Failovers.of(this::timelines)));
    }

    @Override
    Ops ops() {
        return ops;
    }

    @Override
    public ClusterSpec spec() {
        return kept.now();
    }

    @Override
    public void keep(ClusterSpec changed) throws Failure {
        deeds.audited(Deeds.switched(spec(), changed), () -> kept.keep(changed));
    }

    @Override
    public void change(UnaryOperator<ClusterSpec> change) throws Failure {
        kept.change(change);
    }

    /** Knows more from now on, kept by nobody. */
    void knowMore(UnaryOperator<ClusterSpec> more) {
        kept.knowMore(more);
    }

    @Override
    public synchronized Watch watch() {
        if (watch == null) {
            look = new HostLook(this::spec, () -> watch().now(), ops, machines, upkeep, new Matching(ops, this::links));
            var seeing = new ClusterWatch(this::spec, links, look);
            watch = seeing;
            look.begin();
            archive.ifPresent(kept -> seeing.each(upkeep::plan)); // what is only looked for has no plan yet
            taking = archive.map(a -> new Taking(this, seeing, home, a)).orElse(null);
        }
        return watch;
    }

    private Links links(Ways ways) {
        return new LettuceLinks(ways, this::login, () -> spec().tls(), words.renames());
    }

    @Override
    Optional<HostLook> looking() {
        return Optional.ofNullable(look);
    }

    @Override
    public void signIn(HostSpec how) throws Failure {
        deeds.audited(
                Say.of("deck.audit.sign-in", "host", how.name(), "how", how.line()),
                () -> kept.change(now -> now.with(how)));
        look().again(how);
    }

    @Override
    public void signOut(HostName host) throws Failure {
        deeds.audited(Say.of("deck.audit.sign-out", "host", host), () -> kept.leave(host));
    }

    @Override
    public void configWord(Secret word) throws Failure {
        deeds.audited(Say.of("deck.audit.config-word"), () -> words.keep(spec().name(), word));
    }

    HostLook look() {
        watch();
        return Objects.requireNonNull(look);
    }

    @Override
    public synchronized Recorder timelines() {
        if (recorder == null) {
            recorder = new Recorder(this::spec, watch(), links, this, failovers);
        }
        return recorder;
    }

    @Override
    public Links links() {
        return links;
    }

    @Override
    public HostOperations hosts() {
        return machines;
    }

    @Override
    public AofOperations aof() {
        return aof;
    }

    @Override
    public DrillOperations drills() {
        return drills;
    }

    @Override
    public Consoles consoles() {
        return new DeckConsoles(links, words.renames(), typed, audit);
    }

    @Override
    public MergedLogs logs() {
        return new ClockedLogs(this::spec, watch(), links, machines, look()::clock, this::log, CLOCK);
    }

    @Override
    public Upkeep upkeep() {
        return upkeep.now();
    }

    @Override
    public void planMasters() throws Failure {
        var masters = UpkeepFile.masters(watch().now());
        upkeep.keep(upkeep.now().planned(masters));
        audit.add(DeckRuns.entry(Say.of("deck.audit.planned", "n", masters.size())));
    }

    @Override
    public void mute(String rule, Optional<NodeAddress> node, String note) throws Failure {
        var entry = DeckRuns.entry(Say.of("deck.audit.muted", "rule", rule, "on", on(node), "note", note));
        upkeep.keep(upkeep.now().muting(new Mute(rule, node, entry.by(), entry.at(), note)));
        audit.add(entry);
    }

    @Override
    public void unmute(String rule, Optional<NodeAddress> node) throws Failure {
        upkeep.keep(upkeep.now().without(rule, node));
        audit.add(DeckRuns.entry(Say.of("deck.audit.unmuted", "rule", rule, "on", on(node))));
    }

    private String on(Optional<NodeAddress> node) {
        return node.map(NodeAddress::toString).orElse(spec().name());
    }

    @Override
    public Following log(NodeId node, int back, Consumer<LogLine> to) throws Failure, InterruptedException {
        return NodeLog.follow(ops, node, back, to);
    }

    @Override
    public Host host(HostName name) throws Failure {
        return hosts.host(name);
    }

    @Override
    public Optional<Secret> secret(String name) throws InterruptedException {
        return name.equals(ClusterSpec.PASSWORD)
                ? answers.password(spec().name(), false)
                : answers.known(Answers.clusterKey(spec().name(), name));
    }

    private Login login() {
        return new PasswordChange(answers, spec()).login();
    }

    @Override
    public Offer changePassword(String user, Optional<Secret> to, boolean retire) throws InterruptedException {
        return new PasswordChange(answers, spec()).offer(config().passwords(), user, to, retire);
    }

    private void learn(NodeSite site) {
        if (spec().sites().contains(site)) {
            return;
        }
        try {
            kept.learn(site);
        } catch (Failure unwritable) {
            LOG.warn("the site of {} is known for this session only: {}", site.address(), unwritable.what());
        }
    }

    /** What was opened, in the order in which it is to be closed. */
    private synchronized List<Runnable> parts() {
        var parts = new ArrayList<Runnable>();
        if (taking != null) {
            parts.add(taking::close);
        }
        if (recorder != null) {
            parts.add(recorder::close);
        }
        if (watch != null) {
            parts.add(look()::close);
            parts.add(watch::close);
        }
        return parts;
    }

    @Override
    public void close() {
        kept.close();
        upkeep.close();
        parts().forEach(Runnable::run);
        links.close();
        hosts.close();
    }
}
