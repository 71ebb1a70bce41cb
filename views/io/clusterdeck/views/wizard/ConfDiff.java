package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.redis.build.Placement;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.act.Diff;
import io.clusterdeck.views.act.DiffView;
import io.clusterdeck.views.fx.Asked;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.animation.PauseTransition;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** What the first node's redis.conf will say, against the release's; painted again while somebody types. */
final class ConfDiff extends VBox {
    private static final Duration CALM = Duration.millis(120);
    private static final List<String> PARTS =
            List.of("hosts", "redis", "layout", "config", "access", "password", "placement");

    private final WizardModel model;
    private final Wrapped file = new Wrapped("", "mono", "muted");
    private final Wrapped basis = new Wrapped("", "small", "muted");
    private final DiffView lines;
    private final Look look;
    private final PauseTransition pause = new PauseTransition(CALM);
    private final Asked<Optional<Shown>> asked = new Asked<>();
    private List<Diff.Row> rows = List.of();

    private record Shown(String file, List<Diff.Row> rows, Say against) {}

    private Say against = Say.of("build.basis.known");

    ConfDiff(Look look, WizardModel model) {
        super(8);
        this.model = model;
        this.look = look;
        lines = new DiffView(look, List.of());
        lines.setId("wizard-diff");
        var text = look.label("wizard.diff.text", "small", "muted", "wrapped");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        getChildren().addAll(look.label("wizard.diff", "card-title"), text, basis, file, lines);
        asked.answerProperty().subscribe(a -> a.flatMap(Function.identity()).ifPresent(this::show));
        pause.setOnFinished(e -> compute());
        model.problemsProperty().subscribe(p -> pause.playFromStart());
        model.conf.config.subscribe(c -> pause.playFromStart());
        model.conf.from.subscribe(c -> pause.playFromStart());
        model.redis.kind.subscribe(c -> pause.playFromStart());
        look.tongue().wordsProperty().subscribe(w -> paint());
        compute();
    }

    private void compute() {
        var tree = model.tree();
        var facts = new HashMap<String, HostFacts>();
        model.hosts.rows.forEach(r -> r.facts().ifPresent(f -> facts.put(r.called(), f)));
        // what is wrong is said beside its field; the last that was right stays
        asked.ask("compare redis.conf", () -> Sketch.of(tree, PARTS).map(b -> shown(b, facts)));
    }

    private Shown shown(Blueprint blueprint, Map<String, HostFacts> facts) {
        var node = Placement.of(blueprint).nodes().getFirst();
        var edit = model.review.preview(
                blueprint, node, Optional.ofNullable(facts.get(node.host().value())));
        return new Shown(
                node.host() + "  " + edit.file(), Diff.of(edit), edit.basis().orElseThrow());
    }

    private void show(Shown now) {
        file.setText(now.file());
        rows = now.rows();
        against = now.against();
        paint();
    }

    private void paint() {
        lines.show(rows);
        basis.setText(look.tongue().say(against));
    }
}
