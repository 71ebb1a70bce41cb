package io.clusterdeck.redis.timeline.simulated;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Something that is done to a cluster, and how long nothing is done after it.
 *
 * @param which which of those that it may be done to
 */
public record Deed(What what, int which, long then) {

    /** What may be done. */
    public enum What {
        KILL_MASTER,
        END_MASTER,
        KILL_REPLICA,
        START,
        START_ALL,
        HANG_MASTER,
        RESUME,
        KILL_HOST,
        LOSE_HOST,
        HAND_OVER,
        FORCE,
        TAKEOVER,
        HAND_BACK,
        ISOLATE_MASTER,
        CUT_ONE_WAY,
        SPLIT,
        MEND,
        BLIND,
        SEE,
        RESTART_OBSERVER,
        NOTHING
    }

    private static final List<What> OFTEN = List.of(
            What.KILL_MASTER,
            What.KILL_MASTER,
            What.START,
            What.START,
            What.START_ALL,
            What.HAND_OVER,
            What.HAND_OVER,
            What.HAND_BACK,
            What.MEND,
            What.RESUME);

    static Deed random(Random r, long timeout) {
        var all = new ArrayList<>(List.of(What.values()));
        all.addAll(OFTEN);
        return new Deed(all.get(r.nextInt(all.size())), r.nextInt(100), then(r, timeout));
    }

    /** A moment, or about as long as something takes. */
    private static long then(Random r, long timeout) {
        return switch (r.nextInt(7)) {
            case 0 -> r.nextInt(150);
            case 1 -> 200 + r.nextInt(800);
            case 2 -> timeout / 3 + r.nextInt((int) timeout);
            case 3 -> timeout + r.nextInt((int) timeout);
            case 4 -> 2 * timeout + r.nextInt(2500);
            case 5 -> 8_000 + r.nextInt(12_000);
            default -> 20_000 + r.nextInt(60_000);
        };
    }

    public static List<Deed> some(Random r, long timeout) {
        return IntStream.range(0, 1 + r.nextInt(7))
                .mapToObj(i -> random(r, timeout))
                .toList();
    }

    /** @param blind whom we can't reach */
    public void act(Play play, boolean[] blind) {
        int owner = play.truth.owner(which % play.shards);
        switch (what) {
            case KILL_MASTER -> play.kill(owner, false);
            case END_MASTER -> play.kill(owner, true);
            case KILL_REPLICA -> replicas(play, owner).stream().findFirst().ifPresent(n -> play.kill(n, false));
            case START -> nodes(play).filter(n -> !play.up(n)).findFirst().ifPresent(play::start);
            case START_ALL -> nodes(play).forEach(play::start);
            case HANG_MASTER -> play.hang(owner);
            case RESUME -> nodes(play).forEach(play::resume);
            case KILL_HOST -> nodes(play).filter(n -> play.host(n) == which % 3).forEach(n -> play.kill(n, false));
            case LOSE_HOST -> nodes(play).filter(n -> play.host(n) == which % 3).forEach(play::vanish);
            case HAND_OVER -> order(play, owner, Truth.Way.MANUAL);
            case FORCE -> order(play, owner, Truth.Way.FORCED);
            case TAKEOVER -> order(play, owner, Truth.Way.TAKEOVER);
            case HAND_BACK -> {
                if (!play.truth.promotions.isEmpty()) {
                    play.order(play.truth.promotions.getLast().failed(), Truth.Way.MANUAL);
                }
            }
            case ISOLATE_MASTER ->
                nodes(play).filter(n -> n != owner).forEach(n -> {
                    play.cut(n, owner, true);
                    play.cut(owner, n, true);
                });
            case CUT_ONE_WAY -> play.cut(which % play.nodes(), which / 2 % play.nodes(), true);
            case SPLIT ->
                nodes(play)
                        .forEach(a -> nodes(play)
                                .filter(b -> (play.host(a) == which % 3) != (play.host(b) == which % 3))
                                .forEach(b -> play.cut(a, b, true)));
            case MEND -> play.mend();
            case BLIND -> blind[which % blind.length] = true;
            case SEE -> java.util.Arrays.fill(blind, false);
            case RESTART_OBSERVER, NOTHING -> {}
        }
    }

    private static IntStream nodes(Play play) {
        return IntStream.range(0, play.nodes());
    }

    private static List<Integer> replicas(Play play, int master) {
        return nodes(play)
                .filter(n -> play.up(n) && !play.master(n) && play.masterOf(n) == master)
                .boxed()
                .toList();
    }

    private void order(Play play, int master, Truth.Way way) {
        var may = replicas(play, master);
        if (!may.isEmpty()) {
            play.order(may.get(which % may.size()), way);
        }
    }
}
