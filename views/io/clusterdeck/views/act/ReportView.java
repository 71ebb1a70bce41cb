package io.clusterdeck.views.act;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.aof.AofReport;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Facts;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.words.Words;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What a check of an append-only file found, what would be lost, and the cures, the one that loses least first. */
final class ReportView extends VBox {
    private final Look look;

    ReportView(Look look, Act.Report act, Consumer<Offer> choose) {
        super(14);
        this.look = look;
        var report = act.report();
        boolean well = report.state() == AofReport.State.VALID
                || report.state() == AofReport.State.EMPTY
                || report.state() == AofReport.State.ABSENT;
        var verdict = new Wrapped(
                look.tongue().say("views.aof.state." + report.state().name().toLowerCase(Locale.ROOT)), "strong");
        var head = new HBox(10, new Glyph(well ? Glyph.Kind.DONE : Glyph.Kind.BAD), verdict);
        head.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(head, facts(report));
        if (!report.firstLost().isEmpty()) {
            var lost = new Wrapped(String.join("\n", report.firstLost()), "mono");
            var inset = new VBox(lost);
            inset.getStyleClass().add("inset");
            getChildren().addAll(look.label("views.aof.lost.commands", "section-title"), inset);
        }
        if (!act.cures().isEmpty()) {
            getChildren().add(look.label("views.aof.cures", "section-title"));
            act.cures().forEach(c -> getChildren().add(cure(c, choose)));
        }
    }

    /** To the byte, which the cures go by. */
    private static String size(Words words, long bytes) {
        return bytes < 1000 ? Figures.size(words, bytes) : words.say("views.aof.bytes", "n", bytes);
    }

    private Facts facts(AofReport report) {
        var words = look.tongue().words();
        var facts = new Facts(look, 104);
        facts.row("views.aof.size").say(size(words, report.size()));
        if (report.lost() > 0) {
            facts.row("views.aof.good").say(size(words, report.okUpTo()));
            facts.row("views.aof.lost")
                    .say(words.say(
                            "views.aof.share",
                            "n",
                            report.lost(),
                            "share",
                            report.size() == 0 ? 0.0 : report.lost() / (double) report.size()));
        }
        facts.row("views.aof.reason").say(report.reason().isEmpty() ? "" : "⟪" + report.reason() + "⟫");
        return facts;
    }

    private Node cure(Offer offer, Consumer<Offer> choose) {
        return switch (offer) {
            case Offer.Ready ready -> {
                var title = new Wrapped(look.tongue().say(ready.plan().title()), "strong");
                var text = new VBox(2, title);
                ready.plan()
                        .costs()
                        .forEach(c ->
                                text.getChildren().add(new Wrapped(look.tongue().say(c), "small", "muted")));
                HBox.setHgrow(text, Priority.ALWAYS);
                var button = look.button("views.aof.show", () -> choose.accept(ready));
                button.setMinWidth(USE_PREF_SIZE);
                var row = new HBox(12, text, button);
                row.getStyleClass().add("cure");
                row.setAlignment(Pos.CENTER_LEFT);
                yield row;
            }
            case Offer.Refused refused -> {
                var text = new VBox(2, new Wrapped(look.tongue().say(refused.why()), "muted"));
                refused.cures()
                        .forEach(c ->
                                text.getChildren().add(new Wrapped(look.tongue().say(c), "small", "muted")));
                HBox.setHgrow(text, Priority.ALWAYS);
                var row = new HBox(12, text);
                row.getStyleClass().add("cure");
                if (!refused.insist().isEmpty()) {
                    var button = look.button(
                            "views.refused.insist",
                            () -> choose.accept(refused.insist().getFirst()),
                            "danger-text");
                    button.setMinWidth(USE_PREF_SIZE);
                    row.getChildren().add(button);
                }
                yield row;
            }
        };
    }
}
