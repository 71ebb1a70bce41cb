package io.clusterdeck.views.look;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Pattern;

/** The order in which a person counts: h2 before h10, 10.0.0.9 before 10.0.0.11. */
public final class Counted implements Comparator<String> {
    /** The only one that is needed. */
    public static final Comparator<String> ORDER = new Counted().thenComparing(Comparator.naturalOrder());

    /** Where digits begin or end. */
    private static final Pattern EDGE = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

    private Counted() {}

    @Override
    public int compare(String a, String b) {
        var left = EDGE.split(a);
        var right = EDGE.split(b);
        for (int i = 0; i < left.length && i < right.length; i++) {
            int order = number(left[i]) && number(right[i])
                    ? new BigInteger(left[i]).compareTo(new BigInteger(right[i]))
                    : left[i].compareTo(right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    private static boolean number(String part) {
        return !part.isEmpty() && part.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
