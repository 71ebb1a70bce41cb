package io.clusterdeck.bench;

import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * One line of the table: our figure beside its rival's, both measured in this run.
 *
 * @param what what was measured, and on what
 * @param ours our figure with its unit
 * @param rival the rival's figure and who it is, or – where there is none
 * @param ratio ours to the rival's, or –
 * @param budget what we allow ourselves
 * @param met whether we kept to it
 */
public record Row(String what, String ours, String rival, String ratio, String budget, boolean met) {

    /** Times, ours allowed to take so many times the rival's. Milliseconds. */
    public static Row times(String what, double ours, String rivalName, double rival, double most) {
        double ratio = ours / rival;
        return new Row(
                what,
                millis(ours),
                millis(rival) + " " + rivalName,
                number(ratio) + " ×",
                "≤ " + number(most) + " ×",
                ratio <= most);
    }

    /** A time with a rival for comparison and a budget of its own. Milliseconds. */
    public static Row time(String what, double ours, String rivalName, double rival, double most) {
        return new Row(
                what,
                millis(ours),
                millis(rival) + " " + rivalName,
                number(ours / rival) + " ×",
                "≤ " + millis(most),
                ours <= most);
    }

    /** A time beside a rival that was given up after {@code waited}. Milliseconds. */
    public static Row atMost(String what, double ours, String rivalName, double waited, double most) {
        return new Row(
                what,
                millis(ours),
                "> " + millis(waited) + " " + rivalName,
                "< " + number(ours / waited) + " ×",
                "≤ " + millis(most),
                ours <= most);
    }

    /** A figure without a rival, in the words of {@code unit}. */
    public static Row figure(String what, double ours, double most, DoubleFunction<String> unit) {
        return new Row(what, unit.apply(ours), "–", "–", "≤ " + unit.apply(most), ours <= most);
    }

    public static String millis(double millis) {
        return millis >= 10_000 ? number(millis / 1000) + " s" : number(millis) + " ms";
    }

    public static String megabytes(double megabytes) {
        return number(megabytes) + " MB";
    }

    public static String percent(double percent) {
        return number(percent) + " %";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", value);
    }
}
