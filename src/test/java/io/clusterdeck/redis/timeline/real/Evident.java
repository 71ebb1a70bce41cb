package io.clusterdeck.redis.timeline.real;

import io.clusterdeck.redis.timeline.simulated.Play;
import io.clusterdeck.redis.timeline.simulated.Truth;
import io.clusterdeck.redis.timeline.simulated.Truth.Promotion;
import io.clusterdeck.redis.timeline.simulated.Truth.Way;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes down what happened to servers, in the order of time: as they showed, as they wrote, and as was done to them. */
public final class Evident {
    private static final Pattern WON = Pattern.compile("Failover election won: .*");
    private static final Pattern TAKES = Pattern.compile("Taking over the (master|primary) \\(user request.*");
    private static final Pattern ORDERED = Pattern.compile("(Manual|Forced) failover user request accepted.*");
    private static final Pattern READY = Pattern.compile(".*manual failover can start.*");
    private static final Pattern NO_MORE = Pattern.compile(
            "Manual failover timed out.*|Node configuration loaded.*|Configuration change detected.*|Migrating to orphaned.*");
    private static final Pattern MIGRATES =
            Pattern.compile("Migrating to orphaned (?:master|primary) ([0-9a-f]{40}).*");

    private static final Pattern EPOCH = Pattern.compile("(?:New )?configEpoch set to (\\d+).*");
    private static final Pattern TELLING = Pattern.compile(
            "(?!GOSSIP|Connection with Node)(?i).*(fail|election|cluster state|myself|connection with|migrating|epoch|"
                    + "ready to accept|node configuration|sync: finished|sigterm|timeout|<<<).*");

    /** A server shows for this long that it was promoted before it wrote so, or after: it may be busy. */
    private static final long APART = 500;

    private record Event(long at, Runnable what) {}

    private final Servers servers;
    private final long began;
    private final List<Event> events = new ArrayList<>();
    private final List<Written> lines = new ArrayList<>();
    private final Set<String> contradictions = new LinkedHashSet<>();
    private long now;
    private final Truth truth;

    /** @param began in milliseconds of the day's clock: what the truth calls {@link Play#BEGINS} */
    public Evident(Servers servers, long began) throws IOException {
        this.servers = servers;
        this.began = began;
        truth = new Truth(servers.shards(), servers.nodes(), () -> now);
        for (int i = 0; i < servers.nodes(); i++) {
            shown(i);
            var its = Written.all(i, servers.cluster.server(i).log());
            written(i, its);
            lines.addAll(its);
        }
        for (var d : servers.done) {
            if (d.what().equals(Way.MANUAL.name()) || d.what().equals(Way.FORCED.name())) {
                int master = masterBefore(d.node(), d.at());
                event(d.at(), () -> truth.ordered(d.node(), master, now));
            }
        }
        events.sort(Comparator.comparingLong(Event::at));
        for (var e : events) {
            now = e.at() - began + Play.BEGINS;
            e.what().run();
        }
    }

    public Truth truth() {
        return truth;
    }

    /** When the winner asked for the votes that it won by. */
    public OptionalLong asked(Promotion p) {
        return lines.stream()
                .filter(l -> l.node() == p.winner() && l.text().startsWith("Starting a failover election"))
                .mapToLong(this::time)
                .filter(at -> at <= p.at())
                .max();
    }

    /** When the first server held the replaced one for failed, since it was suspected. */
    public OptionalLong agreed(Promotion p, long since) {
        var id = servers.cluster.server(p.failed()).id().value();
        return lines.stream()
                .filter(l -> l.text().startsWith("Marking node " + id)
                        || l.text().startsWith("FAIL message received")
                                && l.text().contains(" about " + id))
                .mapToLong(this::time)
                .filter(at -> at >= since && at <= p.at())
                .min();
    }

    private long time(Written line) {
        return line.at() - began + Play.BEGINS;
    }

    /** Where what servers show is not what they wrote. */
    public Set<String> contradictions() {
        return contradictions;
    }

    private void event(long at, Runnable what) {
        events.add(new Event(at, what));
    }

    /** Whom it suspects, by turns; who dies suspects nobody. */
    private void shown(int node) {
        var deaths = servers.done.stream()
                .filter(d -> d.node() == node && d.what().equals("dies"))
                .map(Servers.Done::at)
                .toList();
        deaths.forEach(at -> event(at, () -> truth.clear(node)));
        Map<String, Integer> before = new HashMap<>();
        long last = 0;
        for (var look : servers.eyes.get(node).looks()) {
            long from = last;
            if (deaths.stream().anyMatch(d -> d > from && d <= look.at())) {
                before.clear();
            }
            for (var row : look.rows().values()) {
                int about = servers.node(row.id());
                int how = row.failed() ? 2 : row.suspected() ? 1 : 0;
                if (before.getOrDefault(row.id(), 0) != how) {
                    event(look.at(), () -> truth.flag(node, about, how > 0, how == 2));
                    before.put(row.id(), how);
                }
            }
            last = look.at();
        }
    }

    private void written(int node, List<Written> lines) {
        Way hand = Way.AUTOMATIC;
        boolean ready = false;
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.at() < began) {
                continue;
            }
            Matcher m;
            if ((m = ORDERED.matcher(line.text())).matches()) {
                hand = m.group(1).equals("Manual") ? Way.MANUAL : Way.FORCED;
                ready = hand == Way.FORCED;
            } else if (READY.matcher(line.text()).matches()) {
                ready = true;
            } else if (TAKES.matcher(line.text()).matches()) {
                promoted(node, Way.TAKEOVER, epoch(lines, i), line.at());
                hand = Way.AUTOMATIC;
            } else if (WON.matcher(line.text()).matches()) {
                promoted(node, ready ? hand : Way.AUTOMATIC, epoch(lines, i), line.at());
                hand = Way.AUTOMATIC;
                ready = false;
            } else if (NO_MORE.matcher(line.text()).matches()) {
                hand = Way.AUTOMATIC;
                ready = false;
            }
            if ((m = MIGRATES.matcher(line.text())).matches()) {
                int to = servers.node(m.group(1));
                event(line.at(), () -> truth.migrated(node, to, now));
            }
        }
        shownToo(node, lines);
    }

    /** Under which it serves, as it writes next; 0 where it has no new one. */
    private static long epoch(List<Written> lines, int won) {
        return lines.subList(won, Math.min(lines.size(), won + 3)).stream()
                .map(l -> EPOCH.matcher(l.text()))
                .filter(Matcher::matches)
                .mapToLong(m -> Long.parseLong(m.group(1)))
                .findFirst()
                .orElse(0);
    }

    private void promoted(int node, Way way, long epoch, long at) {
        int failed = masterBefore(node, at);
        event(at, () -> truth.promoted(node, failed, way, epoch, now));
    }

    private int masterBefore(int node, long at) {
        return servers.eyes.get(node).looks().stream()
                .filter(l -> l.at() <= at || l.before() == 0)
                .filter(l -> l.self().filter(s -> !s.master().equals("-")).isPresent())
                .reduce((a, b) -> b)
                .flatMap(Look::self)
                .map(s -> servers.node(s.master()))
                .orElse(-1);
    }

    /** Whoever shows that it was promoted wrote so at about that time. */
    private void shownToo(int node, List<Written> lines) {
        var looks = servers.eyes.get(node).looks();
        for (int i = 1; i < looks.size(); i++) {
            var look = looks.get(i);
            var before = looks.get(i - 1).self();
            boolean rose = look.self().filter(Look.Row::serves).isPresent()
                    && before.filter(s -> !s.serves() && !s.master().equals("-"))
                            .isPresent();
            if (rose
                    && lines.stream()
                            .filter(l -> WON.matcher(l.text()).matches()
                                    || TAKES.matcher(l.text()).matches())
                            .noneMatch(l -> l.at() >= look.before() - APART && l.at() <= look.at() + APART)) {
                contradictions.add(
                        "nothing is written of what is shown: " + node + " at " + (look.at() - began + Play.BEGINS));
            }
        }
    }

    /** What was written of it. */
    public List<String> lines() {
        var all = new ArrayList<Written>(lines);
        servers.done.forEach(d -> all.add(new Written(d.node(), d.at(), "<<< " + d.what())));
        return all.stream()
                .filter(l -> l.at() >= began && TELLING.matcher(l.text()).matches())
                .sorted(Comparator.comparingLong(Written::at))
                .map(l -> "%8d %d %s".formatted(l.at() - began, l.node(), l.text()))
                .toList();
    }
}
