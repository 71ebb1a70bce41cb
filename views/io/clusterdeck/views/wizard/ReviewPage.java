package io.clusterdeck.views.wizard;

import io.clusterdeck.deck.paper.ByHand;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.Blueprint.Source;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.Remark;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.say.Alike;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.act.PlanView;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.ConsentBar;
import io.clusterdeck.views.parts.Copied;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.wizard.ReviewModel.Review;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The whole plan before anything happens: what it costs, what is worth knowing, every host, step, command and file. */
final class ReviewPage extends VBox {
    private final Look look;
    private final WizardModel model;

    ReviewPage(Look look, WizardModel model) {
        super(20);
        this.look = look;
        this.model = model;
        setMaxWidth(980);
        model.review.stateProperty().subscribe(s -> paint());
        model.problemsProperty().subscribe(p -> {
            if (model.review.stateProperty().get() instanceof Review.None) {
                paint();
            }
        });
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void paint() {
        getChildren()
                .setAll(
                        switch (model.review.stateProperty().get()) {
                            case Review.None n -> missing();
                            case Review.Planning p -> planning();
                            case Review.Planned p -> planned(p.of(), p.plan());
                            case Review.Failed f -> failed(f);
                        });
    }

    /** What is missing, each with the way to its page. */
    private List<Node> missing() {
        var rows = new ArrayList<Node>();
        rows.add(look.label(
                model.problemsProperty().get().isEmpty() ? "wizard.review.changed" : "wizard.review.missing", "h2"));
        for (var problem : model.problemsProperty().get()) {
            var go = look.button(
                    "wizard.place." + problem.place().word(),
                    () -> model.placeProperty().set(problem.place()));
            go.setMinWidth(USE_PREF_SIZE);
            var text = new VBox(
                    2,
                    new Wrapped(look.tongue().say(problem.what())),
                    new Wrapped(look.tongue().say(problem.next()), "small", "muted"));
            HBox.setHgrow(text, Priority.ALWAYS);
            var row = new HBox(12, text, go);
            row.getStyleClass().add("mistake");
            rows.add(row);
        }
        if (model.whole()) {
            rows.add(new HBox(look.button("wizard.review.plan", model::planAgain)));
        }
        return rows;
    }

    private List<Node> planning() {
        var bar = new ProgressBar();
        bar.setMaxWidth(420);
        return List.of(
                look.label("wizard.review.planning", "h2"), look.label("wizard.review.planning.why", "muted"), bar);
    }

    private List<Node> failed(Review.Failed failed) {
        return List.of(
                look.label("wizard.review.failed", "h2"),
                told(Glyph.Kind.BAD, failed.why().what(), failed.why().next()),
                new HBox(look.button("wizard.review.again", model::planAgain)));
    }

    private List<Node> planned(Blueprint of, BuildPlan plan) {
        var rows = new ArrayList<Node>();
        boolean bad = !plan.bad().isEmpty();
        var title = look.label(bad ? "wizard.review.bad" : "wizard.review.ready", "h2");
        title.setWrapText(true);
        rows.add(title);
        if (!plan.remarks().isEmpty()) {
            var remarks = new VBox(10);
            Remark.alike(plan.remarks().stream())
                    .forEach(r -> remarks.getChildren().add(remark(r)));
            rows.add(remarks);
        }
        rows.add(equivalent(of, plan));
        rows.add(new HBox(
                8,
                look.button("wizard.review.script", () -> saveScript(of, plan)),
                look.button(
                        "wizard.review.script.copy",
                        () -> Copied.text(
                                ReviewModel.script(of, plan, look.tongue().words()))),
                look.button("wizard.review.again", model::planAgain)));
        rows.add(new PlanView(look, plan.plan(), false));
        model.review
                .ready()
                .filter(r -> !(r.consent() instanceof Consent.Plain))
                .ifPresent(r -> rows.add(new ConsentBar(look, r, model::back, model::begin)));
        return rows;
    }

    private HBox remark(Alike<Remark.Found, HostName> found) {
        var remark = found.what();
        var mark = remark.level() == Level.BAD
                ? Glyph.Kind.BAD
                : remark.level() == Level.WARN ? Glyph.Kind.WARN : Glyph.Kind.NOTE;
        return told(
                mark,
                Remark.told(found),
                new Say(remark.why().key() + ".next", remark.why().args()));
    }

    private HBox told(Glyph.Kind kind, Say what, Say next) {
        var glyph = new Glyph(kind);
        HBox.setMargin(glyph, new Insets(4, 0, 0, 0));
        var text = new VBox(
                2,
                new Wrapped(look.tongue().say(what)),
                new Wrapped(look.tongue().say(next), "small", "muted"));
        HBox.setHgrow(text, Priority.ALWAYS);
        return new HBox(10, glyph, text);
    }

    /** The packaged server has no redis-cli beside it. */
    private VBox equivalent(Blueprint of, BuildPlan plan) {
        var text = new Wrapped(plan.equivalent(), "mono");
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        var copy = look.button("views.copy", () -> Copied.text(plan.equivalent()), "link");
        copy.setMinWidth(USE_PREF_SIZE);
        var row = new HBox(10, text, copy);
        row.setAlignment(Pos.CENTER_LEFT);
        var inset = new VBox(row);
        inset.getStyleClass().add("inset");
        var box = new VBox(6, look.label("wizard.review.equivalent", "section-title"), inset);
        if (of.redis().source() instanceof Source.Packaged) {
            box.getChildren().add(new Wrapped(look.tongue().say(ByHand.PROGRAM), "small", "muted"));
        }
        return box;
    }

    private void saveScript(Blueprint of, BuildPlan plan) {
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("wizard.review.script"));
        chooser.setInitialFileName("build-" + of.name() + ".sh");
        var file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            model.save(
                    file.toString(), ReviewModel.script(of, plan, look.tongue().words()));
        }
    }
}
