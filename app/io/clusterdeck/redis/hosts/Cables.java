package io.clusterdeck.redis.hosts;

import io.clusterdeck.redis.hosts.Cable.Port;
import io.clusterdeck.redis.hosts.Cable.State;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Alike;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways between the hosts of a cluster, as tried from each of them, beside what the nodes say of their own links. Immutable. */
public final class Cables {
    private final Instant at;
    private final List<HostName> hosts;
    private final List<Cable> tried;
    private final List<Heard> heard;
    private final Map<HostName, Say> unseen;
    private final Map<Way, Cell> cells;
    private final Map<List<HostName>, Heard> said = new HashMap<>();

    private record Way(HostName from, HostName to, Port port) {}

    /** What the nodes of one host say of their bus links to the nodes of another. */
    public record Heard(HostName from, HostName to, int up, int of) {}

    /**
     * All attempts from one host to one kind of port on another, as one.
     *
     * @param state the worst
     * @param micros the least round trip
     */
    public record Cell(State state, OptionalLong micros, List<Cable> all) {}

    /**
     * @param hosts in the order of the screen
     * @param unseen hosts from which nothing could be tried, with the reason
     */
    public Cables(Instant at, List<HostName> hosts, List<Cable> tried, List<Heard> heard, Map<HostName, Say> unseen) {
        this.at = at;
        this.hosts = List.copyOf(hosts);
        this.tried = List.copyOf(tried);
        this.heard = List.copyOf(heard);
        this.unseen = Map.copyOf(unseen);
        cells = this.tried.stream()
                .collect(Collectors.groupingBy(
                        c -> new Way(c.from(), c.to(), c.port()),
                        Collectors.collectingAndThen(Collectors.toUnmodifiableList(), Cables::cell)));
        heard.forEach(h -> said.put(List.of(h.from(), h.to()), h));
    }

    public Instant at() {
        return at;
    }

    /** In the order of the screen. */
    public List<HostName> hosts() {
        return hosts;
    }

    public List<Cable> tried() {
        return tried;
    }

    public List<Heard> heard() {
        return heard;
    }

    /** Hosts from which nothing could be tried, with the reason. */
    public Map<HostName, Say> unseen() {
        return unseen;
    }

    private static Cell cell(List<Cable> all) {
        return new Cell(
                all.stream().map(Cable::state).max(Comparator.naturalOrder()).orElseThrow(),
                all.stream().flatMapToLong(c -> c.micros().stream()).min(),
                all);
    }

    /** Empty where nothing was tried. */
    public Optional<Cell> cell(HostName from, HostName to, Port port) {
        return Optional.ofNullable(cells.get(new Way(from, to, port)));
    }

    public Optional<Heard> heard(HostName from, HostName to) {
        return Optional.ofNullable(said.get(List.of(from, to)));
    }

    /** Hosts between which something is wrong, or from which nothing was tried; in the order of the screen. */
    public List<HostName> troubled() {
        var troubled = new HashSet<>(unseen.keySet());
        for (var from : hosts) {
            for (var to : hosts) {
                if (contradiction(from, to).isPresent()
                        || Stream.of(Port.values())
                                .anyMatch(p -> closed(from, to, p).isPresent())) {
                    troubled.addAll(List.of(from, to));
                }
            }
        }
        return hosts.stream().filter(troubled::contains).toList();
    }

    private Optional<Cell> closed(HostName from, HostName to, Port port) {
        return cell(from, to, port).filter(c -> c.state() == State.FILTERED || c.state() == State.REFUSED);
    }

    /** What is wrong, worst first: closed ways with what it means, each pair of hosts and port once. */
    public List<Say> troubles() {
        var troubles = new ArrayList<Say>();
        for (var from : hosts) {
            for (var to : hosts) {
                for (var port : Port.values()) {
                    closed(from, to, port).ifPresent(c -> troubles.add(trouble(from, to, port, c)));
                }
                contradiction(from, to).ifPresent(troubles::add);
            }
        }
        troubles.addAll(untried());
        return troubles;
    }

    /** From where nothing was tried: the hosts of the same reason together. */
    private List<Say> untried() {
        var ordered = Stream.concat(hosts.stream(), unseen.keySet().stream().sorted())
                .distinct()
                .filter(unseen::containsKey);
        return Alike.of(ordered, unseen::get, Stream::of).stream()
                .map(a -> Say.of("hosts.cables.unseen", "host", HostName.brief(a.of()), "why", a.what()))
                .toList();
    }

    /** Whether nothing is closed. */
    public boolean open() {
        return tried.stream().noneMatch(c -> c.state() == State.FILTERED || c.state() == State.REFUSED);
    }

    private Say trouble(HostName from, HostName to, Port port, Cell cell) {
        boolean back = cell(to, from, port).filter(c -> c.state() == State.OPEN).isPresent();
        var ports = cell.all().stream()
                .filter(c -> c.state() == cell.state())
                .map(c -> port.of(c.node()))
                .sorted()
                .toList();
        var word = cell.state() == State.FILTERED ? "filtered" : "refused";
        return Say.of(
                "hosts.cables." + word + (back ? ".one-way" : ""),
                "from",
                from,
                "to",
                to,
                "kind",
                Say.of("hosts.cables.port." + port.name().toLowerCase(java.util.Locale.ROOT)),
                "ports",
                ports);
    }

    /** The nodes say that a link is down though the way is open: the other side's way, or the process. */
    private Optional<Say> contradiction(HostName from, HostName to) {
        boolean open =
                cell(from, to, Port.BUS).filter(c -> c.state() == State.OPEN).isPresent();
        return heard(from, to)
                .filter(h -> open && h.up() < h.of())
                .map(h -> Say.of("hosts.cables.link-down", "from", from, "to", to, "n", h.of() - h.up(), "of", h.of()));
    }

    /** What the nodes say: those that answer, of each node elsewhere that is not theirs. */
    static List<Heard> heard(ClusterState state, Map<Node, HostName> where) {
        var sums = new LinkedHashMap<List<HostName>, int[]>();
        where.forEach((observer, from) -> {
            var view = state.views().get(observer.id());
            if (view == null || !observer.answers()) {
                return;
            }
            where.forEach((node, to) -> {
                if (!from.equals(to)) {
                    view.of(node.id()).ifPresent(row -> {
                        var sum = sums.computeIfAbsent(List.of(from, to), k -> new int[2]);
                        sum[0] += row.linkUp() ? 1 : 0;
                        sum[1]++;
                    });
                }
            });
        });
        return sums.entrySet().stream()
                .map(e -> new Heard(e.getKey().getFirst(), e.getKey().getLast(), e.getValue()[0], e.getValue()[1]))
                .toList();
    }
}
