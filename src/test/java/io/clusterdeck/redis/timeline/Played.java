package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.timeline.simulated.Cast;
import io.clusterdeck.redis.timeline.simulated.Deed;
import io.clusterdeck.redis.timeline.simulated.Deed.What;
import io.clusterdeck.redis.timeline.simulated.Play;
import io.clusterdeck.redis.timeline.simulated.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A play that is watched: what is complained of in how it is told, at every moment and at its end. */
final class Played implements Judged {
    private static final long STEP = 60;
    private static final long READS = 330;

    /**
     * @param silent whose logs nobody reads, by bits
     * @param slow how many steps pass between two tellings
     * @param healed whether all is put right at the end
     */
    record Case(long seed, Cast cast, int silent, int slow, boolean healed, List<Deed> deeds) {
        static Case random(long seed) {
            var r = new Random(seed);
            long timeout = List.of(1000L, 2000L, 5000L).get(r.nextInt(3));
            var cast = new Cast(
                    3 + r.nextInt(2),
                    r.nextInt(12) == 0 ? 0 : 1 + r.nextInt(2),
                    timeout,
                    r.nextBoolean(),
                    r.nextBoolean(),
                    r.nextInt(4) == 0,
                    List.of(0, r.nextInt(4000) - 2000, r.nextInt(60)));
            int silent = switch (r.nextInt(3)) {
                case 0 -> 0;
                case 1 -> -1;
                default -> r.nextInt(1 << 12);
            };
            return new Case(
                    seed,
                    cast,
                    silent,
                    List.of(1, 1, 5, 40).get(r.nextInt(4)),
                    r.nextInt(5) > 0,
                    Deed.some(r, timeout));
        }

        boolean logged(int node) {
            return (silent >> node & 1) == 0;
        }

        Case with(List<Deed> other) {
            return new Case(seed, cast, silent, slow, healed, other);
        }
    }

    private final Case how;
    private final Play play;
    private final boolean[] blind;
    private final Remembered shelf = new Remembered();
    private final Set<String> complaints = new LinkedHashSet<>();
    private final Judgement judgement;
    private Witness witness;
    private @org.jspecify.annotations.Nullable Witness latest;
    private long steps;

    Played(Case how) {
        this.how = how;
        play = new Play(how.cast(), how.seed());
        blind = new boolean[play.nodes()];
        judgement = new Judgement(this, complaints);
        witness = new Witness(play, how, blind, shelf).watching();
    }

    @Override
    public int node(NodeId id) {
        return number(id);
    }

    static int number(NodeId id) {
        return Integer.parseInt(id.value(), 16) - 9000;
    }

    /** Empty when all was told as it was. */
    Set<String> complaints() {
        on(5_000);
        for (var deed : how.deeds()) {
            act(deed);
        }
        if (how.healed()) {
            for (var heal : List.of(What.MEND, What.SEE, What.RESUME, What.START_ALL)) {
                act(new Deed(heal, 0, 0));
            }
        }
        on(30_000 + 8 * how.cast().timeout());
        if (!play.truth.muddled()) {
            judgement.end(witness.told());
            // of logs that begin in the middle it is guessed whose replica was who
            if (how.healed() && !how.cast().rotated()) {
                afterwards();
            }
        }
        return complaints;
    }

    @Override
    public Truth truth() {
        return play.truth;
    }

    @Override
    public long now() {
        return play.now();
    }

    @Override
    public long millis(Instant at) {
        return Play.millis(at);
    }

    @Override
    public boolean logged(int node) {
        return how.logged(node);
    }

    @Override
    public boolean healed() {
        return how.healed();
    }

    @Override
    public long timeout() {
        return how.cast().timeout();
    }

    boolean muddled() {
        return play.truth.muddled();
    }

    Witness later() {
        return latest == null ? witness : latest;
    }

    Witness witness() {
        return witness;
    }

    Play play() {
        return play;
    }

    private void act(Deed deed) {
        if (deed.what() == What.RESTART_OBSERVER) {
            witness.close();
            witness = new Witness(play, how, blind, shelf).watching();
            judgement.restarted();
        }
        deed.act(play, blind);
        on(deed.then());
    }

    private void on(long millis) {
        long end = play.now() + millis;
        while (play.now() < end) {
            play.until(Math.min(end, play.now() + STEP));
            steps++;
            if (steps % (READS / STEP) == 0) {
                witness.read();
            }
            if (steps % 500 == 0) {
                witness.clocks();
            }
            if (steps % how.slow() == 0) {
                witness.tell();
                judgement.meanwhile(witness.told());
            }
        }
    }

    /** Who opens the cluster later, with what was kept and all logs. */
    private void afterwards() {
        var last = witness.last();
        witness.close();
        java.util.Arrays.fill(blind, false);
        var later = new Witness(play, how, blind, shelf).finding(last);
        latest = later;
        later.read();
        later.tell();
        judgement.restarted();
        var before = complaints.size();
        judgement.end(later.told());
        if (complaints.size() > before) {
            complaints.add("(read back)");
        }
    }

    static List<Case> smaller(Case c) {
        var all = new ArrayList<Case>();
        for (int i = 0; i < c.deeds().size(); i++) {
            var fewer = new ArrayList<>(c.deeds());
            fewer.remove(i);
            all.add(c.with(fewer));
        }
        for (int i = 0; i < c.deeds().size(); i++) {
            var d = c.deeds().get(i);
            if (d.then() > 100) {
                for (long then : new long[] {0, d.then() / 2, d.then() - d.then() / 10}) {
                    var shorter = new ArrayList<>(c.deeds());
                    shorter.set(i, new Deed(d.what(), d.which(), then));
                    all.add(c.with(shorter));
                }
            }
        }
        if (c.slow() > 1) {
            all.add(new Case(c.seed(), c.cast(), c.silent(), 1, c.healed(), c.deeds()));
        }
        return all;
    }
}
