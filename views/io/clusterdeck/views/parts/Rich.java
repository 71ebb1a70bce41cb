package io.clusterdeck.views.parts;

import io.clusterdeck.views.look.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Dimension2D;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.Region;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.jspecify.annotations.Nullable;

/**
 * A text with emphasis, marked in its words: {@code ⟨strong⟩} and {@code ⟪monospaced⟫}. Wraps at its width. Other words that need the same
 * room are put in place without a new layout of the page around them: figures change ten times a second.
 */
public final class Rich extends Region {
    private final StringProperty words = new SimpleStringProperty(this, "words", "");
    private final TextFlow flow = new TextFlow();
    private final String size;
    private List<String> styles = List.of();
    private boolean filling;
    private @Nullable Dimension2D room;

    /** @param styles {@code small}, {@code muted}, … */
    public Rich(String... styles) {
        getStyleClass().add("rich");
        getStyleClass().addAll(styles);
        flow.getStyleClass().add("rich-flow");
        flow.setManaged(false); // it would ask everything around it for a new layout at every word
        getChildren().add(flow);
        size = Arrays.asList(styles).contains("small") ? "rich-small" : "rich-text";
        setAccessibleRole(AccessibleRole.TEXT);
        words.subscribe(this::lay);
    }

    /** Its place gives it a width, whatever its words: fewer words are no reason to lay out the page. */
    Rich filling() {
        filling = true;
        return this;
    }

    public StringProperty wordsProperty() {
        return words;
    }

    public void say(String now) {
        words.set(now);
    }

    /** The words without their marks. */
    public static String plain(String marked) {
        return marked.replaceAll("[⟨⟩⟪⟫]", "");
    }

    private record Run(String words, String style) {}

    private void lay(String now) {
        setAccessibleText(plain(now));
        var runs = runs(now);
        var laid = runs.stream().map(Run::style).toList();
        boolean restyled = !laid.equals(styles);
        if (restyled) { // else the texts stay, and with them what the style sheets gave them
            styles = laid;
            flow.getChildren().setAll(laid.stream().map(this::text).toList());
        }
        for (int i = 0; i < runs.size(); i++) {
            ((Text) flow.getChildren().get(i))
                    .setText(Figures.joined(runs.get(i).words()));
        }
        if (restyled || !hasRoom(room())) {
            requestLayout();
        }
    }

    private boolean hasRoom(Dimension2D need) {
        return room != null
                && need.getHeight() == room.getHeight()
                && (filling ? need.getWidth() <= room.getWidth() : need.getWidth() == room.getWidth());
    }

    /** What the words need now: in one line, and at the present width. */
    private Dimension2D room() {
        return new Dimension2D(Math.ceil(flow.prefWidth(-1)), flow.prefHeight(within(getWidth())));
    }

    private double within(double width) {
        return width < 0 ? width : width - snappedLeftInset() - snappedRightInset();
    }

    private double around(double height) {
        return height + snappedTopInset() + snappedBottomInset();
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return flow.minWidth(-1) + snappedLeftInset() + snappedRightInset();
    }

    @Override
    protected double computeMinHeight(double width) {
        return around(flow.minHeight(within(width)));
    }

    @Override
    protected double computePrefWidth(double height) {
        return flow.prefWidth(-1) + snappedLeftInset() + snappedRightInset();
    }

    @Override
    protected double computePrefHeight(double width) {
        return around(flow.prefHeight(within(width)));
    }

    @Override
    public double getBaselineOffset() {
        return flow.getBaselineOffset() + snappedTopInset();
    }

    @Override
    protected void layoutChildren() {
        flow.resizeRelocate(snappedLeftInset(), snappedTopInset(), within(getWidth()), getHeight() - around(0));
        room = room();
    }

    private static List<Run> runs(String marked) {
        var runs = new ArrayList<Run>();
        int from = 0;
        String style = "";
        for (int i = 0; i <= marked.length(); i++) {
            char c = i < marked.length() ? marked.charAt(i) : '⟩';
            if ("⟨⟪⟩⟫".indexOf(c) >= 0) {
                if (i > from) {
                    runs.add(new Run(marked.substring(from, i), style));
                }
                style = c == '⟨' ? "strong" : c == '⟪' ? "mono" : "";
                from = i + 1;
            }
        }
        return runs;
    }

    private Text text(String style) {
        var text = new Text();
        text.getStyleClass().add(size);
        if (!style.isEmpty()) {
            text.getStyleClass().add(style);
        }
        text.fontProperty().subscribe(font -> requestLayout());
        return text;
    }
}
