package io.clusterdeck.views.parts;

import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** A text with emphasis, marked in its words: {@code ⟨strong⟩} and {@code ⟪monospaced⟫}. Wraps at its width. */
public final class Rich extends TextFlow {
    private final StringProperty words = new SimpleStringProperty(this, "words", "");
    private final String size;

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

    private void lay(String now) {
        setAccessibleText(plain(now));
        getChildren().clear();
        var run = new StringBuilder();
        String style = "";
        for (int i = 0; i < now.length(); i++) {
            char c = now.charAt(i);
            switch (c) {
                case '⟨', '⟪', '⟩', '⟫' -> {
                    flush(run, style);
                    style = c == '⟨' ? "strong" : c == '⟪' ? "mono" : "";
                }
                default -> run.append(c);
            }
        }
        flush(run, style);
    }

    private void flush(StringBuilder run, String style) {
        if (run.isEmpty()) {
            return;
        }
        var text = new Text(run.toString());
        text.getStyleClass().add(size);
        if (!style.isEmpty()) {
            text.getStyleClass().add(style);
        }
        getChildren().add(text);
        run.setLength(0);
    }
}
