package io.clusterdeck.views.wizard;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a draft may hold, half entered or not: what is not as it should be counts as not there. */
final class Tree {
    private Tree() {}

    static Map<String, Object> map(@Nullable Object value) {
        var map = new LinkedHashMap<String, Object>();
        if (value instanceof Map<?, ?> m) {
            m.forEach((k, v) -> map.put(String.valueOf(k), v));
        }
        return map;
    }

    static Map<String, Object> map(Map<String, ?> tree, String key) {
        return map(tree.get(key));
    }

    static List<?> list(Map<String, ?> tree, String key) {
        var value = tree.get(key);
        return value == null ? List.of() : value instanceof List<?> l ? l : List.of(value);
    }

    static List<String> texts(Map<String, ?> tree, String key) {
        return list(tree, key).stream().map(String::valueOf).toList();
    }

    static String text(Map<String, ?> tree, String key, String otherwise) {
        var value = tree.get(key);
        return value == null || value instanceof Map || value instanceof List ? otherwise : String.valueOf(value);
    }

    static String text(Map<String, ?> tree, String key) {
        return text(tree, key, "");
    }

    static int number(Map<String, ?> tree, String key, int otherwise) {
        var text = text(tree, key);
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : otherwise;
    }

    static boolean yes(Map<String, ?> tree, String key, boolean otherwise) {
        var text = text(tree, key);
        return text.isEmpty() ? otherwise : text.equals("yes") || text.equals("true");
    }

    /** Puts a text that is not blank, without the blanks around it. */
    static void put(Map<String, Object> tree, String key, String text) {
        if (!text.isBlank()) {
            tree.put(key, text.strip());
        }
    }

    /** Digits as a number, so that it looks in the file as a person writes it; anything else as it was typed. */
    static void putNumber(Map<String, Object> tree, String key, String text) {
        if (!text.isBlank()) {
            tree.put(key, text.strip().matches("\\d{1,9}") ? (Object) Integer.valueOf(text.strip()) : text.strip());
        }
    }
}
