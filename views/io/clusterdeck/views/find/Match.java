package io.clusterdeck.views.find;

import java.util.List;
import java.util.Locale;

/**
 * How well a name answers a query. Every word of the query must be in the name, or in what stands beside it; a beginning counts more
 * than a middle, a middle more than letters in order with gaps.
 */
final class Match {
    private static final int WHOLE = 120;
    private static final int BEGINNING = 100;
    private static final int WORD = 80;
    private static final int WITHIN = 50;
    private static final int BESIDE = 30;
    private static final int LETTERS = 20;
    /** Shorter words than this are in almost everything as letters with gaps. */
    private static final int LEAST = 2;

    private final List<String> words;

    Match(String query) {
        words = List.of(query.toLowerCase(Locale.ROOT).strip().split("\\s+"));
    }

    boolean empty() {
        return words.getFirst().isEmpty();
    }

    /** 0 when it does not answer. */
    int score(String title, String more) {
        var name = title.toLowerCase(Locale.ROOT);
        var beside = more.toLowerCase(Locale.ROOT);
        int sum = 0;
        for (var word : words) {
            int one = Math.max(within(word, name), beside.contains(word) ? BESIDE : 0);
            if (one == 0) {
                return 0;
            }
            sum += one;
        }
        return sum;
    }

    private static int within(String word, String name) {
        if (name.equals(word)) {
            return WHOLE;
        }
        if (name.startsWith(word)) {
            return BEGINNING;
        }
        for (int at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
            if (!Character.isLetterOrDigit(name.charAt(at - 1))) {
                return WORD;
            }
        }
        if (name.contains(word)) {
            return WITHIN;
        }
        return letters(word, name);
    }

    /** Letters in order: closer together is better; the first must begin a word, else everything would match. */
    private static int letters(String word, String name) {
        if (word.length() < LEAST) {
            return 0;
        }
        for (int start = name.indexOf(word.charAt(0)); start >= 0; start = name.indexOf(word.charAt(0), start + 1)) {
            if (start > 0 && Character.isLetterOrDigit(name.charAt(start - 1))) {
                continue;
            }
            int at = start;
            int i = 1;
            while (i < word.length() && at >= 0) {
                at = name.indexOf(word.charAt(i++), at + 1);
            }
            if (at >= 0) {
                return Math.max(1, LETTERS - (at - start + 1 - word.length()));
            }
        }
        return 0;
    }
}
