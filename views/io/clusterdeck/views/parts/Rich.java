package io.clusterdeck.views.parts;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** A text with emphasis, marked in its words: {@code ⟨strong⟩} and {@code ⟪monospaced⟫}. Wraps at its width. */
public final class Rich extends TextFlow {
    private final StringProperty words = new SimpleStringProperty(this, "words", "");
    private final String size;
    private List<String> styles = List.of();

    /** @param styles {@code small}, {@code muted}, … */
    public Rich(String... styles) {
        getStyleClass().add("rich");
        getStyleClass().addAll(styles);
        size = java.util.Arrays.asList(styles).contains("small") ? "rich-small" : "rich-text";
        setAccessibleRole(AccessibleRole.TEXT);
        words.subscribe(this::lay);
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
        if (!laid.equals(styles)) { // else the texts stay, and with them what the style sheets gave them
            styles = laid;
            getChildren().setAll(laid.stream().map(this::text).toList());
        }
        for (int i = 0; i < runs.size(); i++) {
            ((Text) getChildren().get(i)).setText(runs.get(i).words());
        }
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
        return text;
    }
}
