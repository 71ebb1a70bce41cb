package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Figures;
import java.util.List;
import javafx.scene.layout.VBox;

/** Texts one below the other, each over as many lines as it needs. They can be said again and again; what is the same stays as it is. */
public final class Paragraphs extends VBox {
    private final String[] styles;

    /** @param gap pixels between two @param styles of each text */
    public Paragraphs(double gap, String... styles) {
        super(gap);
        this.styles = styles.clone();
    }

    public void say(List<String> texts) {
        var said = getChildren();
        while (said.size() < texts.size()) {
            said.add(new Wrapped("", styles));
        }
        said.remove(texts.size(), said.size());
        for (int i = 0; i < texts.size(); i++) {
            ((Wrapped) said.get(i)).setText(Figures.joined(texts.get(i)));
        }
    }
}
