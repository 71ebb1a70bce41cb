package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.say.Speech;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One cell a slot, 128 in a row, as the window shows them; beside it the shards with their counts. */
public final class SlotDrawing {

    private static final int SIDE = 128;
    private static final double CELL = 5.5;
    private static final double LEFT = 64;
    private static final double TOP = 64;

    /** More shards than fit beside the map are told by number. */
    private static final int NAMED = 24;

    private final Telling t;
    private final Drawing.Sheet sheet = new Drawing.Sheet();

    private SlotDrawing(Telling t) {
        this.t = t;
    }

    public static Drawing of(ClusterState state, Speech speech) {
        return new SlotDrawing(new Telling(state, speech)).drawing();
    }

    private Drawing drawing() {
        var title = t.say("export.title.slots", "name", t.state.name(), "at", Telling.time(t.state.at()));
        sheet.box(0, 0, TopologyDrawing.WIDTH, 1, 0, Ink.BG, Ink.NONE);
        sheet.words(20, 32, 640, t.state.name(), Ink.FG, Face.STRONG, 19);
        sheet.wordsTo(TopologyDrawing.WIDTH - 20, 32, 260, Telling.time(t.state.at()), Ink.MUT, Face.TEXT, 12);
        cells();
        legend();
        return TopologyDrawing.clipped(sheet, TOP + SIDE * CELL + 24, title);
    }

    private void cells() {
        double side = SIDE * CELL;
        var owners = t.state.owners();
        var inks = owners.masters().stream()
                .map(m -> t.state.node(m).map(t::shard).map(Ink::shard).orElse(Ink.LINE))
                .toList();
        var moving = moving();
        for (int row = 0; row < SIDE; row++) {
            int slot = row * SIDE;
            int end = slot + SIDE;
            if (row % 16 == 0) {
                sheet.wordsTo(LEFT - 8, TOP + row * CELL + 9, 50, Integer.toString(slot), Ink.MUT, Face.TEXT, 11);
            }
            while (slot < end) {
                int to = slot;
                while (to + 1 < end
                        && owners.index(to + 1) == owners.index(slot)
                        && moving.containsKey(to + 1) == moving.containsKey(slot)) {
                    to++;
                }
                cell(slot, to, owners.index(slot), inks, moving.get(slot));
                slot = to + 1;
            }
        }
        for (int i = 1; i < SIDE; i++) {
            sheet.stroke(LEFT, TOP + i * CELL, LEFT + side, TOP + i * CELL, Ink.BG, 0.8);
            sheet.stroke(LEFT + i * CELL, TOP, LEFT + i * CELL, TOP + side, Ink.BG, 0.8);
        }
    }

    private void cell(int from, int to, int owner, List<Ink> inks, @org.jspecify.annotations.Nullable Ink target) {
        double x = LEFT + from % SIDE * CELL;
        double y = TOP + Math.floorDiv(from, SIDE) * CELL;
        double w = (to - from + 1) * CELL;
        sheet.area(x, y, w, CELL, owner < 0 ? Ink.BAD : inks.get(owner), "");
        if (target != null) {
            for (int i = 0; i <= to - from; i++) {
                sheet.area(x + i * CELL, y + CELL / 2, CELL, CELL / 2, target, "");
            }
        }
    }

    /** Slots on their way, with the colour of the shard that gets them. */
    private Map<Integer, Ink> moving() {
        var moving = new HashMap<Integer, Ink>();
        for (Node node : t.state.nodes().values()) {
            node.migrating()
                    .forEach((slot, to) -> moving.put(
                            slot, t.state.node(to).map(t::shard).map(Ink::shard).orElse(Ink.LINE)));
        }
        return moving;
    }

    private void legend() {
        double x = LEFT + SIDE * CELL + 28;
        double right = TopologyDrawing.WIDTH - 20;
        double y = TOP;
        var serving = t.serving();
        for (int i = 0; i < Math.min(serving.size(), NAMED); i++) {
            var master = serving.get(i).master();
            sheet.box(x, y, 12, 12, 3, Ink.shard(t.shard(master)), Ink.NONE);
            var share = t.share(master.slotCount() / (double) SlotRange.SLOTS);
            double taken = sheet.wordsTo(
                    right, y + 10.5, 110, t.whole(master.slotCount()) + "  " + share, Ink.MUT, Face.TEXT, 12);
            sheet.words(
                    x + 20,
                    y + 10.5,
                    right - taken - x - 30,
                    t.shardName(t.shard(master)) + "  " + t.name(master.id()),
                    Ink.FG,
                    Face.TEXT,
                    12);
            y += 26;
        }
        if (serving.size() > NAMED) {
            sheet.words(
                    x,
                    y + 10.5,
                    right - x,
                    t.say("export.more-shards", "n", serving.size() - NAMED),
                    Ink.MUT,
                    Face.TEXT,
                    12);
            y += 26;
        }
        int missing = SlotRange.SLOTS - t.state.owners().covered();
        if (missing > 0) {
            sheet.box(x, y, 12, 12, 3, Ink.BAD, Ink.NONE);
            sheet.words(
                    x + 20, y + 10.5, right - x - 20, t.say("export.missing", "n", missing), Ink.BAD, Face.TEXT, 12);
            y += 26;
        }
        int moving = moving().size();
        if (moving > 0) {
            sheet.words(x, y + 10.5, right - x, t.say("export.moving", "n", moving), Ink.MUT, Face.TEXT, 12);
        }
    }
}
