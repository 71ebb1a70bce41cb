package io.clusterdeck.redis.export;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.report.Drawing;
import io.clusterdeck.report.Ink;
import io.clusterdeck.report.Shape.Face;
import io.clusterdeck.report.Shape.Mark;
import io.clusterdeck.say.Speech;
import java.util.HashMap;
import java.util.Map;

/** Two states side by side: a shard has the same colour in both, and what differs is framed and carries a sign. */
public final class ComparisonDrawing {

    private static final double MARGIN = 12;
    private static final double HALF = (TopologyDrawing.WIDTH - 4 * MARGIN) / 2;

    private ComparisonDrawing() {}

    public static Drawing of(Comparison comparison, Speech speech) {
        var before = new Telling(comparison.before(), speech);
        var after = new Telling(comparison.after(), speech, before);
        var sheet = new Drawing.Sheet();
        sheet.box(0, 0, TopologyDrawing.WIDTH, 1, 0, Ink.BG, Ink.NONE);
        double left = panel(sheet, before, MARGIN, marks(comparison, before));
        double right = panel(sheet, after, MARGIN * 3 + HALF, marks(comparison, after));
        double bottom = Math.max(left, right);
        double middle = TopologyDrawing.WIDTH / 2;
        sheet.stroke(middle, MARGIN, middle, bottom, Ink.LINE2, 1);
        var title = speech.say(
                "export.title.comparison",
                "name",
                comparison.after().name(),
                "before",
                Telling.time(comparison.before().at()),
                "after",
                Telling.time(comparison.after().at()));
        return TopologyDrawing.clipped(sheet, bottom + MARGIN, title);
    }

    private static double panel(Drawing.Sheet sheet, Telling t, double left, Map<NodeId, Mark> marks) {
        sheet.sign(left + 6, 26, t.verdictMark());
        sheet.words(left + 20, 31, HALF - 220, t.state.name(), Ink.FG, Face.STRONG, 15);
        sheet.wordsTo(left + HALF, 31, 190, Telling.time(t.state.at()), Ink.MUT, Face.TEXT, 12);
        return TopologyDrawing.body(t, sheet, marks, left, HALF, 46);
    }

    private static Map<NodeId, Mark> marks(Comparison comparison, Telling t) {
        var marks = new HashMap<NodeId, Mark>();
        for (Node node : t.state.nodes().values()) {
            if (comparison.came().contains(node)) {
                marks.put(node.id(), Mark.PLUS);
            } else if (comparison.went().contains(node)) {
                marks.put(node.id(), Mark.MINUS);
            } else if (comparison.touches(node.id())) {
                marks.put(node.id(), Mark.CHANGED);
            }
        }
        return marks;
    }
}
