package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Facts;
import java.util.Optional;
import javafx.scene.layout.VBox;

/** Where the chosen node's files and process are, as far as known. */
final class ProcessFacts extends VBox {
    /** Characters that fit into a line. */
    private static final int LINE = 24;

    private final Live live;
    private final Facts.Row binary;
    private final Facts.Row conf;
    private final Facts.Row data;
    private final Facts.Row log;
    private final Facts.Row user;
    private final Facts.Row unit;

    ProcessFacts(Look look, Live live) {
        this.live = live;
        getStyleClass().add("section");
        var facts = new Facts(look, 104);
        binary = facts.row("views.fact.binary");
        conf = facts.row("views.fact.conf");
        data = facts.row("views.fact.data");
        log = facts.row("views.fact.log");
        user = facts.row("views.fact.user");
        unit = facts.row("views.fact.unit");
        getChildren().addAll(look.label("views.inspect.process", "section-title"), facts);
    }

    void show(Node node) {
        var site = site(node);
        setVisible(site.isPresent());
        setManaged(site.isPresent());
        site.ifPresent(s -> {
            binary.say(path(s.binary().value()));
            conf.say(path(s.conf().value()));
            data.say(path(s.directory().value()));
            log.say(s.log().map(l -> path(l.value())).orElse(""));
            user.say(s.user().map(ProcessFacts::path).orElse(""));
            unit.say(s.unit().map(ProcessFacts::path).orElse(""));
        });
    }

    private Optional<NodeSite> site(Node node) {
        return live.specProperty().get().sites().stream()
                .filter(s -> s.address().host().equals(node.address().host())
                        && s.address().port() == node.address().port())
                .findFirst();
    }

    private static String path(String value) {
        return "⟪" + Figures.folded(value, LINE) + "⟫";
    }
}
