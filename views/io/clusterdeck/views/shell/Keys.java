package io.clusterdeck.views.shell;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

/** The window's shortcuts, in one place: they are acted on, listed and shown beside what they do from here. */
enum Keys {
    FIND("Shortcut+K"),
    SETTINGS("Shortcut+COMMA"),
    HELP("F1"),
    RUNS("Shortcut+R"),
    FILTER("Shortcut+F"),
    NEXT_TAB("Ctrl+PAGE_DOWN"),
    LAST_TAB("Ctrl+PAGE_UP"),
    CLUSTER("Shortcut+1"),
    LARGER("Shortcut+PLUS"),
    SMALLER("Shortcut+MINUS"),
    NORMAL("Shortcut+0"),
    BUILD("Shortcut+N"),
    QUIT("Shortcut+Q");

    private static final boolean MAC =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");

    private final KeyCombination combination;
    private final String text;

    Keys(String combination) {
        this.combination = KeyCombination.keyCombination(combination);
        text = combination;
    }

    /** As it is printed on keys: {@code Ctrl K}. */
    String shown() {
        var shown = text.replace("Shortcut", MAC ? "⌘" : "Ctrl")
                .replace("COMMA", ",")
                .replace("PLUS", "+ ")
                .replace("MINUS", "−")
                .replace("PAGE_DOWN", "PgDn")
                .replace("PAGE_UP", "PgUp");
        return this == CLUSTER
                ? shown.replace("+1", " 1 … 9")
                : shown.replaceFirst("\\+", " ").strip();
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean is(KeyEvent e) {
        return switch (this) {
            case CLUSTER -> e.isShortcutDown() && digit(e) > 0;
            case LARGER ->
                e.isShortcutDown()
                        && (e.getCode() == KeyCode.PLUS || e.getCode() == KeyCode.EQUALS || e.getCode() == KeyCode.ADD);
            case SMALLER -> e.isShortcutDown() && (e.getCode() == KeyCode.MINUS || e.getCode() == KeyCode.SUBTRACT);
            case NEXT_TAB -> e.isControlDown() && e.getCode() == KeyCode.PAGE_DOWN;
            case LAST_TAB -> e.isControlDown() && e.getCode() == KeyCode.PAGE_UP;
            default -> combination.match(e);
        };
    }

    /** The digit of a key, −1 for other keys. */
    static int digit(KeyEvent e) {
        return e.getCode().isDigitKey() ? e.getCode().ordinal() - KeyCode.DIGIT0.ordinal() : -1;
    }

    static Optional<Keys> of(KeyEvent e) {
        for (var key : values()) {
            if (key.is(e)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
