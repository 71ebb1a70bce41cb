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
        /** A master, and whoever takes over next right then. */
        KILL_WINNER,
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
        all.remove(What.KILL_WINNER);
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

    /** What may be done to processes of this computer, briskly. */
    private static final List<What> HERE = List.of(
            What.KILL_MASTER,
            What.KILL_MASTER,
            What.KILL_MASTER,
            What.END_MASTER,
            What.KILL_REPLICA,
            What.START,
            What.START,
            What.START_ALL,
            What.START_ALL,
            What.HANG_MASTER,
            What.HANG_MASTER,
            What.RESUME,
            What.RESUME,
            What.KILL_HOST,
            What.HAND_OVER,
            What.HAND_OVER,
            What.FORCE,
            What.TAKEOVER,
            What.HAND_BACK,
            What.KILL_WINNER,
            What.RESTART_OBSERVER);

    public static List<Deed> here(Random r, long timeout) {
        return IntStream.range(0, 2 + r.nextInt(5))
                .mapToObj(i -> new Deed(
                        HERE.get(r.nextInt(HERE.size())),
                        r.nextInt(100),
                        switch (r.nextInt(6)) {
                            case 0 -> r.nextInt(150);
                            case 1 -> 200 + r.nextInt(800);
                            case 2 -> timeout / 3 + r.nextInt((int) timeout);
                            case 3 -> timeout + r.nextInt((int) timeout);
                            case 4 -> 2 * timeout + r.nextInt(2500);
                            default -> 3000 + r.nextInt(6000);
                        }))
                .toList();
    }

    public static List<Deed> some(Random r, long timeout) {
        return IntStream.range(0, 1 + r.nextInt(7))
                .mapToObj(i -> random(r, timeout))
                .toList();
    }

    /** @param blind whom we can't reach */
    public void act(Scene scene, boolean[] blind) {
        int owner = scene.owner(which % scene.shards());
        switch (what) {
            case KILL_MASTER -> scene.kill(owner, false);
            case END_MASTER -> scene.kill(owner, true);
            case KILL_REPLICA -> replicas(scene, owner).stream().findFirst().ifPresent(n -> scene.kill(n, false));
            case START -> nodes(scene).filter(n -> !scene.up(n)).findFirst().ifPresent(scene::start);
            case START_ALL -> nodes(scene).forEach(scene::start);
            case HANG_MASTER -> scene.hang(owner);
            case RESUME -> nodes(scene).forEach(scene::resume);
            case KILL_HOST ->
                nodes(scene).filter(n -> scene.host(n) == which % 3).forEach(n -> scene.kill(n, false));
            case LOSE_HOST ->
                nodes(scene).filter(n -> scene.host(n) == which % 3).forEach(scene::vanish);
            case HAND_OVER -> order(scene, owner, Truth.Way.MANUAL);
            case FORCE -> order(scene, owner, Truth.Way.FORCED);
            case TAKEOVER -> order(scene, owner, Truth.Way.TAKEOVER);
            case HAND_BACK -> {
                if (scene.replaced() >= 0) {
                    scene.order(scene.replaced(), Truth.Way.MANUAL);
                }
            }
            case ISOLATE_MASTER ->
                nodes(scene).filter(n -> n != owner).forEach(n -> {
                    scene.cut(n, owner, true);
                    scene.cut(owner, n, true);
                });
            case CUT_ONE_WAY -> scene.cut(which % scene.nodes(), which / 2 % scene.nodes(), true);
            case SPLIT ->
                nodes(scene)
                        .forEach(a -> nodes(scene)
                                .filter(b -> (scene.host(a) == which % 3) != (scene.host(b) == which % 3))
                                .forEach(b -> scene.cut(a, b, true)));
            case MEND -> scene.mend();
            case BLIND -> blind[which % blind.length] = true;
            case SEE -> java.util.Arrays.fill(blind, false);
            case KILL_WINNER, RESTART_OBSERVER, NOTHING -> {}
        }
    }

    private static IntStream nodes(Scene scene) {
        return IntStream.range(0, scene.nodes());
    }

    private static List<Integer> replicas(Scene scene, int master) {
        return nodes(scene)
                .filter(n -> scene.up(n) && !scene.master(n) && scene.masterOf(n) == master)
                .boxed()
                .toList();
    }

    private void order(Scene scene, int master, Truth.Way way) {
        var may = replicas(scene, master);
        if (!may.isEmpty()) {
            scene.order(may.get(which % may.size()), way);
        }
    }
}
