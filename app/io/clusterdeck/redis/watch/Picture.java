package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Merge;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeRow;
import io.clusterdeck.redis.model.NodeView;
import io.clusterdeck.redis.model.Observer;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes one picture of what all addresses told: which addresses to ask, who is behind them, and the merged nodes. Used by one thread. */
final class Picture {

    /** Addresses to ask from now on, and addresses to leave alone. */
    record Wanted(Set<NodeAddress> fresh, Set<NodeAddress> gone) {}

    private Places places = new Places(
            new ClusterSpec("", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of()));

    Wanted wanted(ClusterSpec spec, List<Sighting> sightings) {
        var announced = announced(sightings);
        var best = best(sightings);
        boolean anyAnswers = sightings.stream().anyMatch(Sighting::answers);
        var asked = new HashSet<NodeAddress>();
        sightings.forEach(s -> asked.add(plain(s.at())));

        var fresh = new LinkedHashSet<>(announced);
        if (!anyAnswers) {
            spec.seeds().forEach(s -> fresh.add(plain(s)));
            spec.sites().forEach(s -> fresh.add(plain(s.address())));
        }
        fresh.removeAll(asked);

        var seeds = new HashSet<NodeAddress>();
        spec.seeds().forEach(s -> seeds.add(plain(s)));
        var gone = new HashSet<NodeAddress>();
        for (var s : sightings) {
            if (anyAnswers && !announced.contains(plain(s.at()))) {
                boolean second = s.id().map(best::get)
                        .filter(b -> !b.at().equals(s.at()))
                        .isPresent();
                boolean lost =
                        !s.answers() && !(s.contact() instanceof Contact.Unknown) && !seeds.contains(plain(s.at()));
                if (second || lost) {
                    gone.add(s.at());
                }
            }
        }
        return new Wanted(fresh, gone);
    }

    Merge.Merged merge(ClusterSpec spec, List<Sighting> sightings) {
        if (!places.spec().equals(spec)) {
            places = new Places(spec);
        }
        var best = best(sightings);
        var byAddress = new HashMap<String, Sighting>();
        sightings.forEach(s -> byAddress.put(s.at().toString(), s));
        var observers =
                best.values().stream().flatMap(s -> s.observer().stream()).toList();
        var own = new OwnByNode(best, byAddress);
        return Merge.of(observers, own.of(observers), places::of);
    }

    /** On which host a node is, as of the last merging. */
    Optional<HostName> host(NodeAddress node) {
        return places.of(node);
    }

    Map<NodeId, NodeView> views(List<Sighting> sightings) {
        var views = new LinkedHashMap<NodeId, NodeView>();
        best(sightings).values().stream()
                .flatMap(s -> s.observer().stream())
                .sorted(Comparator.comparing(Observer::id))
                .forEach(o -> views.put(o.id(), o.view()));
        return java.util.Collections.unmodifiableMap(views);
    }

    /** Every address that somebody who answers (else anybody) names in a view. */
    private static Set<NodeAddress> announced(List<Sighting> sightings) {
        boolean anyAnswers =
                sightings.stream().anyMatch(s -> s.answers() && s.observer().isPresent());
        var announced = new LinkedHashSet<NodeAddress>();
        var hashes = new HashSet<Long>();
        for (var s : sightings) {
            if (s.observer().isEmpty()
                    || anyAnswers && !s.answers()
                    || !hashes.add(s.observer().get().hash())) {
                continue;
            }
            for (var row : s.observer().get().view().rows()) {
                if (!row.has(Flag.HANDSHAKE)
                        && !row.has(Flag.NOADDR)
                        && !row.address().host().isEmpty()) {
                    announced.add(plain(row.address()));
                }
            }
        }
        return announced;
    }

    /** Where each node is asked best: where it answers, else where it was seen last. */
    private static Map<NodeId, Sighting> best(List<Sighting> sightings) {
        var best = new LinkedHashMap<NodeId, Sighting>();
        for (var s : sightings) {
            s.id().ifPresent(id -> best.merge(id, s, (a, b) -> rank(b) > rank(a) ? b : a));
        }
        return best;
    }

    private static int rank(Sighting s) {
        boolean announced = s.observer()
                .flatMap(Observer::self)
                .filter(self -> plain(self.address()).equals(plain(s.at())))
                .isPresent();
        return (s.answers() ? 2 : 0) + (announced ? 1 : 0);
    }

    /** Host and port alone: a seed does not know the bus port that is announced. */
    private static NodeAddress plain(NodeAddress at) {
        return new NodeAddress(at.host(), at.port());
    }

    /** What each node says of itself: by its id where it told it, else by its address. */
    private record OwnByNode(Map<NodeId, Sighting> best, Map<String, Sighting> byAddress) {

        Map<NodeId, Merge.Own> of(List<Observer> observers) {
            var own = new HashMap<NodeId, Merge.Own>();
            best.forEach((id, s) -> own.put(id, new Merge.Own(s.contact(), s.info(), s.refused())));
            var hashes = new HashSet<Long>();
            for (var observer : observers) {
                if (hashes.add(observer.hash())) {
                    observer.view().rows().forEach(row -> own.computeIfAbsent(row.id(), id -> elsewhere(row)));
                }
            }
            return own;
        }

        private Merge.Own elsewhere(NodeRow row) {
            var at = row.address();
            if (row.has(Flag.NOADDR)) {
                return new Merge.Own(
                        new Contact.Gone(Instant.ofEpochMilli(row.pongReceived()), Say.of("watch.no-address")),
                        Optional.empty(),
                        Map.of());
            }
            var sighting = Optional.ofNullable(byAddress.get(at.toString()));
            return sighting.map(s -> s.id().isEmpty()
                            ? new Merge.Own(s.contact(), s.info(), s.refused())
                            : new Merge.Own(
                                    new Contact.Gone(
                                            Instant.EPOCH.equals(since(s)) ? Instant.now() : since(s),
                                            Say.of(
                                                    "watch.another-there",
                                                    "node",
                                                    at,
                                                    "id",
                                                    s.id().get().brief())),
                                    Optional.empty(),
                                    Map.of()))
                    .orElse(Merge.Own.NOTHING);
        }

        private static Instant since(Sighting s) {
            return s.info().map(i -> i.at()).orElse(Instant.EPOCH);
        }
    }
}
