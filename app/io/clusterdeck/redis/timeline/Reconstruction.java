package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells failovers from facts. A pure function: the same facts give the same timelines, so it is run again whenever more is known. */
public final class Reconstruction {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Logs are looked at three times a second, on a busy host a bit later. */
    private static final Duration CUT_SEEN = Duration.ofSeconds(2);

    private Reconstruction() {}

    /**
     * What the facts are set against.
     *
     * @param before the nodes as they were just before an instant
     * @param now the present; what is late is judged by it
     * @param clocks of the hosts as they were at an instant, for showing: the facts are on our clock already
     * @param cuts of logs, whenever
     * @param well whether a node is a master of slots at present that answers and that nobody suspects
     * @param unheard whether a node neither answers at present nor lets its log be read
     * @param unlogged whether a node has no log that we can read
     * @param notes what is to know of the evidence
     */
    public record Setting(
            String cluster,
            Function<Instant, List<Member>> before,
            Terms terms,
            Instant now,
            Function<Instant, List<Clock>> clocks,
            List<Cut> cuts,
            Predicate<NodeId> well,
            Predicate<NodeId> unheard,
            Predicate<NodeId> unlogged,
            List<Say> notes) {}

    /** Every failover in these facts, the oldest first. A replica writes that it moves; of one that does not an operator made another's. */
    public static List<Timeline> of(List<Fact> facts, Setting setting) {
        var sorted = facts.stream()
                .filter(f ->
                        !f.is(What.MIGRATES) || f.logged() || setting.unlogged().test(f.by()))
                .sorted(Comparator.comparing(Fact::at))
                .toList();
        var episodes = Episodes.of(sorted, at -> new Roster(setting.before().apply(at)), setting.terms());
        var timelines = new ArrayList<Timeline>();
        var presence = new Presence(sorted);
        var sides = Sides.of(sorted);
        for (var episode : episodes) {
            if (!episode.facts().isEmpty() && !ours(episode, setting)) {
                timelines.add(timeline(Course.of(episode, presence), setting, presence, sides));
            }
        }
        timelines.sort(Comparator.comparing(Timeline::began));
        return timelines;
    }

    /** Whether only our own way to the node broke: nobody in the cluster minds. */
    private static boolean ours(Episode episode, Setting setting) {
        if (!episode.weak()) {
            return false;
        }
        boolean over = Course.last(episode.all(What.GONE))
                .map(gone -> Course.last(episode.all(What.BACK))
                                .filter(b -> !b.at().isBefore(gone.at()))
                                .isPresent()
                        || Episode.millis(gone.at(), setting.now())
                                > 2 * setting.terms().nodeTimeout() + 5000)
                .orElse(true);
        return over;
    }

    private static Timeline timeline(Course course, Setting setting, Presence presence, Sides sides) {
        var episode = course.e;
        var stages = new Stages(course, false).all();
        var served = stages.getLast().to();
        var verdict = new Reasons(course, setting.now(), setting.well().test(episode.failed), presence).verdict(served);
        if (verdict.ended().isPresent()) {
            stages = new Stages(course, true).all(); // what never came is told as that
        }
        var roster = episode.roster;
        var took = Stream.concat(
                        Stream.of(episode.failed), episode.facts().stream().map(Fact::by))
                .flatMap(id -> roster.of(id).stream())
                .map(Member::host)
                .collect(Collectors.toSet());
        return new Timeline(
                id(course),
                setting.cluster(),
                course.kind,
                verdict.outcome(),
                course.began,
                verdict.ended(),
                episode.failed,
                course.winner,
                course.won.isPresent() ? epoch(episode) : 0,
                verdict.why(),
                episode.terms,
                roster.members(),
                setting.clocks().apply(course.began).stream()
                        .filter(c -> took.contains(c.host()))
                        .toList(),
                stages,
                episode.facts(),
                notes(course, verdict.ended().orElse(setting.now()), setting, sides));
    }

    /** The logs that were cut while it went on come first: lines of it may be lost; then who was not asked. */
    private static List<Say> notes(Course course, Instant ended, Setting setting, Sides sides) {
        var cut = setting.cuts().stream()
                .filter(c -> c.at().isAfter(course.began) && c.at().isBefore(ended.plus(CUT_SEEN)))
                .map(c -> course.e.roster.name(c.node()))
                .distinct()
                .toList();
        var notes = new ArrayList<Say>();
        if (!cut.isEmpty()) {
            notes.add(Say.of("timeline.note.cut", "nodes", cut));
        }
        notes.addAll(sides.notes(course, ended, setting));
        setting.notes().stream().filter(n -> Sources.concerns(n, course.began)).forEach(notes::add);
        return notes;
    }

    /** The same as long as the evidence that opened the episode is the same. */
    private static String id(Course course) {
        var name = course.e.roster.name(course.e.failed).replaceAll("[^A-Za-z0-9]", "-");
        return STAMP.format(course.e.opened) + "-" + name;
    }

    /** When the failover of that name was opened, to the second. Throws DateTimeException for other names. */
    static Instant began(String id) {
        return STAMP.parse(id.substring(0, Math.min(id.length(), "yyyyMMdd-HHmmss".length())), Instant::from);
    }

    /** The epoch under which the winner serves; 0 where nobody told it. */
    static long epoch(Episode e) {
        return Stream.of(What.EPOCH_SET, What.MASTER_NOW, What.SEES_MASTER, What.ASKS)
                .map(what -> e.all(what).mapToLong(Fact::number).max())
                .filter(max -> max.isPresent() && max.getAsLong() > 0)
                .map(java.util.OptionalLong::getAsLong)
                .findFirst()
                .orElse(0L);
    }

    /** For members without a time: always the same ones. */
    public static Function<Instant, List<Member>> always(List<Member> members) {
        return at -> members;
    }

    static Optional<Timeline> latest(List<Timeline> timelines) {
        return timelines.stream().max(Comparator.comparing(Timeline::began));
    }
}
