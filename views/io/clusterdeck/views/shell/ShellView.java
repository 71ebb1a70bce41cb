package io.clusterdeck.views.shell;

import io.clusterdeck.say.Failure;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import java.util.HashMap;
import java.util.Map;
import javafx.collections.MapChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/** The window's content: navigation at the left, the page beside it. */
public final class ShellView extends BorderPane {
    private final Look look;
    private final ShellModel model;
    private final Map<String, ClusterView> clusters = new HashMap<>();
    private final StackPane page = new StackPane();

    public ShellView(Look look, ShellModel model) {
        this.look = look;
        this.model = model;
        getStyleClass().add("shell");
        setLeft(new NavView(look, model, new VBox()));
        setCenter(page);
        model.open().addListener((MapChangeListener<String, Live>) c -> {
            clusters.remove(c.getKey());
            turn();
        });
        model.failures().addListener((MapChangeListener<String, Failure>) c -> turn());
        model.pageProperty().subscribe(p -> turn());
        look.tongue().wordsProperty().subscribe(w -> {
            getStyleClass().removeAll("lang-zh", "lang-en");
            getStyleClass().add(look.tongue().chinese() ? "lang-zh" : "lang-en");
        });
    }

    private void turn() {
        Node now = switch (model.pageProperty().get()) {
            case Page.Doors d -> new Label("doors");
            case Page.Runs r -> new Label("runs");
            case Page.Cluster c -> cluster(c.name());
        };
        page.getChildren().setAll(now);
    }

    private Node cluster(String name) {
        var live = model.open().get(name);
        if (live != null) {
            return clusters.computeIfAbsent(name, n -> new ClusterView(look, live, f -> {}));
        }
        var failure = model.failures().get(name);
        return failure == null ? opening(name) : failed(name, failure);
    }

    private Node opening(String name) {
        return message(
                new javafx.scene.control.ProgressIndicator(),
                look.tongue().say("views.opening", "name", name),
                look.tongue().say("views.opening.why"));
    }

    private Node failed(String name, Failure failure) {
        var box = message(
                new io.clusterdeck.views.parts.Glyph(io.clusterdeck.views.parts.Glyph.Kind.BAD),
                look.tongue().say(failure.what()),
                look.tongue().say(failure.next()));
        box.getChildren().add(look.button("views.again", () -> model.open(name)));
        return box;
    }

    private static VBox message(Node mark, String title, String text) {
        var head = new Label(title);
        head.getStyleClass().add("card-title");
        head.setWrapText(true);
        var body = new Label(text);
        body.getStyleClass().add("muted");
        body.setWrapText(true);
        var box = new VBox(12, mark, head, body);
        box.setAlignment(Pos.CENTER);
        box.setMaxWidth(520);
        return box;
    }

    /** The page that is shown. */
    public Node page() {
        return page.getChildren().getFirst();
    }
}
