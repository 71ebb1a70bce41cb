package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The facts of one failover: what was told about one failed master, and by its replicas and voters. Used by one thread. */
final class Episode {
    /** Between the request of a replica and its master's note of it, clocks included. */
    private static final Duration REQUEST = Duration.ofMillis(500);

    /** A request by hand is over by then (twice CLUSTER_MF_TIMEOUT, cluster.c). */
    static final Duration BY_HAND = Duration.ofSeconds(10);

    final NodeId failed;
    Roster roster;
    final Terms terms;
    final boolean migration;
    final Instant opened;

    /** When the next one about the same master opens: what comes later is not of this one. */
    Instant until = Instant.MAX;

    /** When an operator last asked for it. */
    Instant ordered = Instant.MIN;

    /** Since when its master is one: what others did as replicas before was of another. */
    Instant rules = Instant.MIN;

    /** The configuration epoch under which its master is one; 0 where nobody told. */
    long epoch;

    private final List<Fact> facts = new ArrayList<>();

    private final boolean byHand;

    private final Function<Instant, Roster> then;

    /**
     * @param first what it opens with
     * @param then the nodes as they were just before an instant
     */
    Episode(NodeId failed, Roster roster, Terms terms, Fact first, Function<Instant, Roster> then) {
        this.then = then;
        this.failed = failed;
        this.roster = roster;
        this.terms = terms;
        this.migration = first.is(What.MIGRATES);
        this.byHand = first.is(What.BY_HAND) || first.is(What.BY_HAND_ASKED);
        this.opened = first.at();
    }

    /** Whether who tells this had a vote: a replica that won another failover meanwhile has one, too. */
    boolean voter(Fact fact) {
        return roster.voter(fact.by()) || then.apply(fact.at()).voter(fact.by());
    }

    /** Whether an order stands then: its replica tries again, whoever is suspected and trusted meanwhile. */
    boolean ordered(Instant at) {
        return at.isBefore(ordered.plus(BY_HAND));
    }

    /** From when on its facts count: a master is lost long before anybody suspects it; a request has nothing before it. */
    Instant from() {
        return byHand ? opened.minus(REQUEST) : opened.minusMillis(before());
    }

    /** Who is lost is suspected so many milliseconds later at the latest: it is asked twice in a node-timeout (clusterCron in cluster.c). */
    long before() {
        return 2 * terms.nodeTimeout() + 2000;
    }

    boolean covers(Instant at) {
        return !at.isBefore(from()) && at.isBefore(until);
    }

    void endsBefore(Instant at) {
        until = at.isBefore(until) ? at : until;
    }

    void add(Fact fact) {
        facts.add(fact);
    }

    /** Drops what was over by then, such as the end of an earlier failover. */
    void forget(Instant before) {
        facts.removeIf(f -> f.latest().isBefore(before));
    }

    List<Fact> facts() {
        return facts;
    }

    Stream<Fact> all(What what) {
        return facts.stream().filter(f -> f.is(what));
    }

    /** Those about the failed master, and those that tell nobody by name. */
    Stream<Fact> onFailed(What what) {
        return all(what).filter(f -> f.about().isEmpty() || f.isAbout(failed));
    }

    /** The first of these: a log line where it may be as early as any view of somebody who perhaps wrote none. */
    static Optional<Fact> first(Stream<Fact> some) {
        var list = some.toList();
        var surely = list.stream().min(Comparator.comparing(Fact::latest));
        return surely.flatMap(s -> list.stream()
                        .filter(Fact::logged)
                        .filter(f -> !f.earliest().isAfter(s.latest()))
                        .min(Comparator.comparing(Fact::at)))
                .or(() -> surely);
    }

    /** One for each node that tells: its log line, else what it showed; the first in time of these. */
    static Map<NodeId, Fact> byNode(Stream<Fact> some) {
        var best = new HashMap<NodeId, Fact>();
        some.forEach(f -> best.merge(f.by(), f, (a, b) -> {
            if (a.logged() != b.logged()) {
                return a.logged() ? a : b;
            }
            return b.at().isBefore(a.at()) ? b : a;
        }));
        return best;
    }

    /** Who won: by its own word, or because it became master of slots that were the failed one's. */
    Optional<Fact> won() {
        if (migration) {
            return Optional.empty();
        }
        Predicate<Fact> heir =
                f -> roster.masterOf(f.by()).filter(failed::equals).isPresent();
        Predicate<Fact> ofHeir =
                f -> f.about().flatMap(roster::masterOf).filter(failed::equals).isPresent();
        return first(facts.stream().filter(Fact::promotes).filter(heir))
                .map(this::noLater)
                .or(() -> first(all(What.SEES_MASTER).filter(ofHeir)))
                .or(() -> first(all(What.FOLLOWS).filter(ofHeir))); // a master alone can be followed
    }

    /** It had won when the first of the others saw it, also where it could not be asked itself for long. */
    private Fact noLater(Fact won) {
        return Stream.of(What.SEES_MASTER, What.FOLLOWS)
                .flatMap(this::all)
                .filter(f -> f.isAbout(won.by()))
                .map(Fact::latest)
                .min(Comparator.naturalOrder())
                .map(won::until)
                .orElse(won);
    }

    Optional<NodeId> winner() {
        return won().map(f ->
                f.is(What.SEES_MASTER) || f.is(What.FOLLOWS) ? f.about().orElse(f.by()) : f.by());
    }

    /** Whether nothing but our own loss of contact speaks for a failover. */
    boolean weak() {
        return facts.stream().filter(f -> !Belonging.otherSide(f, this)).allMatch(f -> switch (f.what()) {
            case GONE,
                    BACK,
                    SIGNAL,
                    STARTED,
                    MASTER_LOST,
                    MASTER_SILENT,
                    LINK_LOST,
                    EPOCH,
                    STATE_OK,
                    STATE_FAIL,
                    FOLLOWS -> true;
            default -> false;
        });
    }

    /** Since when nobody suspects the master any more although somebody did; only where nobody took over. */
    Optional<Instant> trustedAgain() {
        var marks = new HashMap<NodeId, Boolean>();
        Optional<Instant> since = Optional.empty();
        for (var f : facts) {
            switch (f.what()) {
                case SUSPECTS, HEARS_FAIL, MARKS_FAIL -> {
                    if (f.isAbout(failed)) {
                        marks.put(f.by(), true);
                        since = Optional.empty();
                    }
                }
                case TRUSTS, CLEARS_FAIL -> {
                    if (f.isAbout(failed) && marks.replace(f.by(), false) != null && !marks.containsValue(true)) {
                        since = Optional.of(f.at());
                    }
                }
                default -> {}
            }
        }
        return since.filter(this::sinceOpened);
    }

    /** Since when all is well again where nobody took over: it is trusted again, or answers us before anybody else minded. */
    Optional<Instant> wellAgain() {
        return trustedAgain().or(() -> weak() ? answersAgain() : Optional.empty());
    }

    private Optional<Instant> answersAgain() {
        Optional<Instant> since = Optional.empty();
        for (var f : facts) {
            if (f.by().equals(failed)) {
                since = switch (f.what()) {
                    case GONE -> Optional.empty();
                    case BACK -> Optional.of(f.at());
                    default -> since;
                };
            }
        }
        return since.filter(this::sinceOpened);
    }

    /** What it had been back from before is no end of this. */
    private boolean sinceOpened(Instant at) {
        return !at.isBefore(opened);
    }

    /** The time from {@code a} to {@code b} in milliseconds. */
    static long millis(Instant a, Instant b) {
        return Duration.between(a, b).toMillis();
    }
}
