package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.LocalRecipe;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.real.Evident;
import io.clusterdeck.redis.timeline.real.Servers;
import io.clusterdeck.redis.timeline.simulated.Deed;
import io.clusterdeck.redis.timeline.simulated.Deed.What;
import io.clusterdeck.redis.timeline.simulated.Play;
import io.clusterdeck.redis.timeline.simulated.Truth;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Deeds done to real servers while the recorder watches: what is complained of in how that is told. */
final class RealPlayed implements Judged, AutoCloseable {
    private static final long LOOKS = 50;
    private static final long WINNER = 10_000;
    private static final long QUIET = 4000;

    /** @param silent whose logs nobody reads, by bits */
    record Case(
            long seed,
            int shards,
            int replicas,
            long timeout,
            boolean coverage,
            String level,
            int silent,
            List<Deed> deeds) {
        static Case random(long seed) {
            var r = new Random(seed);
            long timeout = List.of(1000L, 1500L, 2000L).get(r.nextInt(3));
            return new Case(
                    seed,
                    r.nextInt(4) == 0 ? 4 : 3,
                    1 + r.nextInt(2),
                    timeout,
                    r.nextBoolean(),
                    List.of("notice", "notice", "verbose", "debug").get(r.nextInt(4)),
                    switch (r.nextInt(3)) {
                        case 0 -> 0;
                        case 1 -> -1;
                        default -> r.nextInt(1 << 12);
                    },
                    Deed.here(r, timeout));
        }
    }

    private final Case how;
    private final Servers servers;
    private final ClusterSpec spec;
    private final Remembered shelf = new Remembered();
    private final Set<String> complaints = new LinkedHashSet<>();
    private final Judgement judgement = new Judgement(this, complaints);
    private final List<String> acted = new ArrayList<>();
    private final List<String> looked = new ArrayList<>();
    private final long began;
    private Sitting sitting;
    private List<Timeline> told = List.of();
    private @Nullable Evident evident;

    RealPlayed(Case how, String version) throws InterruptedException {
        this.how = how;
        servers = new Servers(
                new LocalRecipe(how.shards(), how.replicas())
                        .version(version)
                        .directives(
                                "cluster-node-timeout " + how.timeout(),
                                "cluster-require-full-coverage " + (how.coverage() ? "yes" : "no"),
                                "loglevel " + how.level())
                        .start(),
                how.shards());
        var all = servers.spec();
        spec = all.withSites(IntStream.range(0, all.sites().size())
                .filter(this::logged)
                .mapToObj(all.sites()::get)
                .toList());
        sitting = new Sitting(spec, shelf);
        try {
            sitting.settled();
        } catch (InterruptedException | RuntimeException | Error failed) {
            close();
            throw failed;
        }
        began = System.currentTimeMillis();
    }

    /** Empty when all was told as it was. */
    Set<String> complaints() throws InterruptedException, IOException {
        on(1000);
        for (var deed : how.deeds()) {
            act(deed);
        }
        for (var heal : List.of(What.RESUME, What.START_ALL)) {
            act(new Deed(heal, 0, 0));
        }
        if (!until(60_000, servers::well)) {
            complaints.add("not healed");
        }
        // who moves to a master without replicas takes its time
        on(QUIET + 2 * how.timeout());
        until(60_000, servers::well);
        until(20_000, () -> told.stream().allMatch(Timeline::over));
        on(QUIET);
        var truth = new Evident(servers, began);
        evident = truth;
        complaints.addAll(truth.contradictions());
        if (!truth.truth().muddled()) {
            judgement.end(told);
            if (how.deeds().stream().noneMatch(d -> d.what() == What.RESTART_OBSERVER)) {
                complaints.addAll(new Exactness(this, truth).complaints(told));
            }
            if (!complaints.isEmpty()) {
                told.forEach(t -> looked.add(Shown.text(Kept.of(t))));
            }
            judgement.restarted();
            afterwards(shelf, judgement, "(read back)");
            if (how.silent() == 0) {
                var fresh = new Judgement(this, complaints);
                fresh.restarted();
                afterwards(new Remembered(), fresh, "(from logs alone)");
            }
        }
        return complaints;
    }

    private void act(Deed deed) throws InterruptedException {
        acted.add("%8d %s".formatted(now() - Play.BEGINS, deed));
        switch (deed.what()) {
            case RESTART_OBSERVER -> {
                sitting.close();
                sitting = new Sitting(spec, shelf);
                judgement.restarted();
            }
            case KILL_WINNER -> {
                int before = servers.promotions();
                servers.kill(servers.owner(deed.which() % how.shards()), false);
                if (servers.tookOver(before, WINNER)) {
                    servers.kill(servers.winner(), false);
                }
            }
            default -> deed.act(servers, new boolean[1]);
        }
        on(deed.then());
    }

    private void on(long millis) throws InterruptedException {
        until(millis, () -> false);
    }

    private boolean until(long limit, BooleanSupplier what) throws InterruptedException {
        for (long end = now() + limit; now() < end; Thread.sleep(LOOKS)) {
            if (what.getAsBoolean()) {
                return true;
            }
            told = sitting.told();
            judgement.meanwhile(told);
        }
        return what.getAsBoolean();
    }

    /** Who opens the cluster later. */
    private void afterwards(Shelf kept, Judgement judge, String when) throws InterruptedException {
        sitting.close();
        sitting = new Sitting(spec, kept);
        told = sitting.settled();
        var before = complaints.size();
        judge.end(told);
        if (complaints.size() > before) {
            complaints.add(when);
            looked.add(when + told.stream().map(t -> Shown.text(Kept.of(t))).toList());
        }
    }

    boolean muddled() {
        return truth().muddled();
    }

    /** All of it, for who looks into a complaint. */
    String text() {
        var text = new StringBuilder("\n" + how + "\n");
        acted.forEach(a -> text.append(a).append('\n'));
        complaints.forEach(c -> text.append("  ").append(c).append('\n'));
        if (evident != null) {
            evident.lines().forEach(l -> text.append(l).append('\n'));
        }
        looked.forEach(text::append);
        return text.toString();
    }

    @Override
    public Truth truth() {
        return java.util.Objects.requireNonNull(evident).truth();
    }

    @Override
    public long now() {
        return System.currentTimeMillis() - began + Play.BEGINS;
    }

    @Override
    public long millis(Instant at) {
        return at.toEpochMilli() - began + Play.BEGINS;
    }

    @Override
    public int node(NodeId id) {
        return servers.node(id);
    }

    @Override
    public boolean logged(int node) {
        return (how.silent() >> node & 1) == 0;
    }

    @Override
    public boolean healed() {
        return true;
    }

    @Override
    public long timeout() {
        return how.timeout();
    }

    @Override
    public void close() {
        sitting.close();
        servers.close();
    }
}
