package io.clusterdeck.views.inspect;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.Impact;
import io.clusterdeck.redis.safety.Safety;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.fx.Followed;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.scene.layout.VBox;

/**
 * Whether the chosen node may be away, and what it would cost to lose it now. Asked again when the answer may be another, not with
 * every tick; what is said is of the chosen node, and both answers are painted at once.
 */
final class WithoutIt extends VBox {
    private final Live live;
    private final SafeSection safe;
    private final DiesView dies;
    private final Followed<Answers> question = new Followed<>();
    private List<?> asked = List.of();
    private Optional<Node> of = Optional.empty();
    private Answers answers = Answers.NONE;

    /** Empty: not known yet, or not to be told. */
    private record Answers(Optional<Safety> away, Optional<Impact> death) {
        static final Answers NONE = new Answers(Optional.empty(), Optional.empty());

        static Answers ask(OpenCluster cluster, Node node) throws InterruptedException {
            return new Answers(
                    Optional.of(cluster.safety().node(node.id())),
                    node.answers() ? cluster.nodes().death(node.id()) : Optional.empty());
        }
    }

    WithoutIt(Look look, Live live) {
        this.live = live;
        safe = new SafeSection(look, () -> of.ifPresent(n -> live.wish(new Wish.ClearNode(n.id()))));
        dies = new DiesView(look);
        getChildren().addAll(safe, dies);
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    void show(Node node) {
        var now = List.of(node.id(), node.answers(), live.safety(), live.readOnly());
        if (now.equals(asked)) {
            return;
        }
        asked = now;
        if (!is(node)) {
            answers = Answers.NONE;
        } else if (!node.answers()) {
            answers = new Answers(answers.away, Optional.empty());
        }
        of = Optional.of(node);
        paint();
        question.ask(
                "without " + node.id().brief(),
                () -> Answers.ask(live.cluster(), node),
                found -> take(node, found),
                why -> take(
                        node,
                        new Answers(
                                Optional.of(new Safety(Safety.Answer.UNKNOWN, List.of(why.what()), Map.of())),
                                Optional.empty())));
    }

    private boolean is(Node node) {
        return of.filter(n -> n.id().equals(node.id())).isPresent();
    }

    /** What is told of another node than the one that is chosen by now came too late. */
    private void take(Node node, Answers found) {
        if (is(node)) {
            answers = of.get().answers() ? found : new Answers(found.away, Optional.empty());
            paint();
        }
    }

    private void paint() {
        safe.show(answers.away, !live.readOnly());
        dies.show(answers.death);
    }
}
