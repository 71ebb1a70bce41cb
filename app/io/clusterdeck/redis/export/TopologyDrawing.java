package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.report.Shape.Mark;
import io.clusterdeck.report.Width;
import io.clusterdeck.say.Speech;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shards as cards, as the window shows them, with the ribbon of slots below. */
public final class TopologyDrawing {

    /** Pixels. */
    static final double WIDTH = 1040;

    private static final double MARGIN = 20;
    private static final double GAP = 14;
    private static final double NODE = 48;
    private static final double PAD = 12;

    /** Above this many shards each gets one line. */
    private static final int CARDS = 36;

    private final Telling t;
    private final Drawing.Sheet sheet;
    private final Map<NodeId, Mark> marked;
    private final double left;
    private final double width;

    private TopologyDrawing(Telling t, Drawing.Sheet sheet, Map<NodeId, Mark> marked, double left, double width) {
        this.t = t;
        this.sheet = sheet;
        this.marked = marked;
        this.left = left;
        this.width = width;
    }

    /** As a picture of its own, with the cluster's name, its verdict and the time above it. */
    public static Drawing of(ClusterState state, Speech speech) {
        var t = new Telling(state, speech);
        var sheet = new Drawing.Sheet();
        sheet.box(0, 0, WIDTH, 100_000, 0, Ink.BG, Ink.NONE);
        var drawing = new TopologyDrawing(t, sheet, Map.of(), MARGIN, WIDTH - 2 * MARGIN);
        return clipped(sheet, drawing.body(drawing.head(MARGIN)) + MARGIN, title(t));
    }

    /** Without what a report says above it. */
    static Drawing within(Telling t) {
        var sheet = new Drawing.Sheet();
        sheet.box(0, 0, WIDTH, 100_000, 0, Ink.BG, Ink.NONE);
        return clipped(sheet, body(t, sheet, Map.of(), 4, WIDTH - 8, 4) + 4, title(t));
    }

    private static String title(Telling t) {
        return t.say("export.title.topology", "name", t.state.name(), "at", Telling.time(t.state.at()));
    }

    /** The ground as high as what stands on it. */
    static Drawing clipped(Drawing.Sheet sheet, double height, String title) {
        var shapes = new ArrayList<>(sheet.drawing(WIDTH, height, title).shapes());
        shapes.set(0, new io.clusterdeck.report.Shape.Box(0, 0, WIDTH, height, 0, Ink.BG, Ink.NONE, ""));
        return new Drawing(WIDTH, height, title, shapes);
    }

    /** The cards and the ribbon alone: answers with the line below them. @param marked signs beside nodes that differ */
    static double body(
            Telling t, Drawing.Sheet sheet, Map<NodeId, Mark> marked, double left, double width, double top) {
        return new TopologyDrawing(t, sheet, new HashMap<>(marked), left, width).body(top);
    }

    private double head(double top) {
        sheet.sign(left + 6, top + 14, t.verdictMark());
        var at = Telling.time(t.state.at());
        sheet.wordsTo(left + width, top + 20, 220, at, Ink.MUT, Face.TEXT, 12);
        double x = left + 22;
        x += sheet.words(x, top + 21, 460, t.state.name(), Ink.FG, Face.STRONG, 19) + 14;
        sheet.words(x, top + 20, left + width - 220 - x, t.verdict(), Ink.MUT, Face.TEXT, 13);
        var facts = new ArrayList<String>();
        if (!t.versions().isEmpty()) {
            facts.add("Redis " + String.join(", ", t.versions()));
        }
        facts.add(t.size());
        facts.add(t.slots());
        facts.add(t.say("export.epoch", "n", Long.toString(t.state.currentEpoch())));
        sheet.words(left, top + 44, width, String.join(" · ", facts), Ink.MUT, Face.TEXT, 12);
        return top + 60;
    }

    private double body(double top) {
        var serving = t.serving();
        double y = serving.size() > CARDS ? chips(serving, top) : cards(serving, top);
        y = idle(y);
        return ribbon(y + 4);
    }

    private double cards(List<Shard> shards, double top) {
        int fit = (int) Math.max(1, Math.floor((width + GAP) / (220 + GAP)));
        int rows = Math.max(1, (shards.size() + Math.min(fit, 4) - 1) / Math.min(fit, 4));
        int columns = Math.max(1, (shards.size() + rows - 1) / rows);
        double each = Math.floor((width - GAP * (columns - 1)) / columns);
        double y = top;
        for (int from = 0; from < shards.size(); from += columns) {
            var row = shards.subList(from, Math.min(shards.size(), from + columns));
            int most = row.stream().mapToInt(s -> s.replicas().size()).max().orElse(0) + 1;
            double height = 40 + most * (NODE + 10) + 2;
            for (int i = 0; i < row.size(); i++) {
                card(row.get(i), left + i * (each + GAP), y, each, height);
            }
            y += height + GAP;
        }
        return y;
    }

    private void card(Shard shard, double x, double y, double w, double h) {
        int number = t.shard(shard.master());
        sheet.box(x, y, w, h, 10, Ink.SUB, Ink.LINE);
        sheet.box(x + 1, y + 1, w - 2, 5, 3, Ink.shard(number), Ink.NONE);
        sheet.words(x + PAD, y + 27, 100, t.shardName(number), Ink.FG, Face.STRONG, 13);
        sheet.wordsTo(x + w - PAD, y + 27, w - 100, t.rangesBrief(shard.master()), Ink.MUT, Face.MONO, 12);
        double top = y + 40;
        node(shard.master(), x + PAD, top, w - 2 * PAD);
        for (var replica : shard.replicas()) {
            sheet.stroke(x + PAD + 14, top + NODE, x + PAD + 14, top + NODE + 10, Ink.LINE, 1.5);
            top += NODE + 10;
            node(replica, x + PAD, top, w - 2 * PAD);
        }
    }

    private void node(Node node, double x, double y, double w) {
        var trouble = t.trouble(node);
        var mark = Optional.ofNullable(marked.get(node.id()));
        var line = mark.map(Mark::ink).orElse(trouble.isPresent() && node.failed() ? Ink.BAD : Ink.LINE);
        sheet.box(x, y, w, NODE, 8, Ink.BG, line);
        sheet.sign(x + 14, y + 17, Telling.mark(node));
        double right = x + w - 10;
        if (mark.isPresent()) {
            sheet.sign(right - 5, y + 17, mark.get());
            right -= 18;
        }
        double at = x + 26;
        // its name and its role are never cut for the sake of the host's name
        double name = Width.of(t.name(node.id()), Face.STRONG, 13) + 8 + Width.of(t.role(node), Face.TEXT, 12) + 10;
        double room = Math.clamp(right - at - name, 0, w * 0.4);
        right -= room > 20 ? sheet.wordsTo(right, y + 21, room, t.place(node), Ink.MUT, Face.TEXT, 12) + 8 : 0;
        at += sheet.words(at, y + 21, right - at, t.name(node.id()), Ink.FG, Face.STRONG, 13) + 8;
        if (right - at > 24) {
            sheet.words(at, y + 21, right - at, t.role(node), Ink.MUT, Face.TEXT, 12);
        }
        sheet.words(
                x + 26,
                y + 39,
                w - 34,
                trouble.orElseGet(() -> t.figures(node)),
                trouble.isPresent() ? Ink.BAD : Ink.MUT,
                Face.TEXT,
                11.5);
    }

    private double chips(List<Shard> shards, double top) {
        int columns = (int) Math.max(1, Math.floor((width + 8) / (190 + 8)));
        double w = Math.floor((width + 8) / columns) - 8;
        for (int i = 0; i < shards.size(); i++) {
            var shard = shards.get(i);
            double x = left + i % columns * (w + 8);
            double y = top + i / columns * 34.0;
            sheet.box(x, y, w, 28, 6, Ink.SUB, differs(shard) ? Ink.ACC : Ink.LINE2);
            sheet.box(x + 1, y + 1, 4, 26, 2, Ink.shard(t.shard(shard.master())), Ink.NONE);
            sheet.sign(x + 16, y + 14, Telling.mark(shard.master()));
            double right = x + w - 10;
            for (var replica : shard.replicas()) {
                sheet.sign(right - 5, y + 14, Telling.mark(replica));
                right -= 14;
            }
            sheet.words(x + 28, y + 18.5, right - x - 32, t.name(shard.master().id()), Ink.FG, Face.MONO, 12);
        }
        return top + (shards.size() + columns - 1) / columns * 34.0 + 8;
    }

    private boolean differs(Shard shard) {
        return marked.containsKey(shard.master().id())
                || shard.replicas().stream().anyMatch(r -> marked.containsKey(r.id()));
    }

    private double idle(double top) {
        var idle = t.idle();
        if (idle.isEmpty()) {
            return top;
        }
        sheet.words(left, top + 14, width, t.say("export.idle"), Ink.MUT, Face.TEXT, 12);
        int columns = (int) Math.max(1, Math.min(4, Math.floor((width + GAP) / (220 + GAP))));
        double each = Math.floor((width - GAP * (columns - 1)) / columns);
        for (int i = 0; i < idle.size(); i++) {
            node(idle.get(i), left + i % columns * (each + GAP), top + 22 + i / columns * (NODE + 10), each);
        }
        return top + 22 + (idle.size() + columns - 1) / columns * (NODE + 10);
    }

    private double ribbon(double top) {
        sheet.words(left, top + 12, 40, "0", Ink.MUT, Face.TEXT, 11.5);
        sheet.wordsTo(left + width, top + 12, 60, "16383", Ink.MUT, Face.TEXT, 11.5);
        double y = top + 18;
        int from = 0;
        while (from < SlotRange.SLOTS) {
            var run = t.state.owners().around(from);
            var owner = t.state.owners().of(from).flatMap(t.state::node);
            double x = left + width * from / SlotRange.SLOTS;
            double to = left + width * (run.to() + 1) / SlotRange.SLOTS;
            double seam = to - x > 3 && run.to() < SlotRange.SLOTS - 1 ? 1 : 0;
            var tip = owner.isPresent()
                    ? t.say(
                            "export.served-by",
                            "range",
                            run,
                            "node",
                            t.name(owner.get().id()))
                    : t.say("export.unserved", "range", run);
            sheet.area(
                    x,
                    y,
                    to - x - seam,
                    26,
                    owner.map(o -> Ink.shard(t.shard(o))).orElse(Ink.BAD),
                    tip);
            from = run.to() + 1;
        }
        return y + 26;
    }
}
