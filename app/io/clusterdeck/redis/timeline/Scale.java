package io.clusterdeck.redis.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Where an instant lies on a drawing. Five seconds of waiting and two milliseconds of voting are both to be seen, so the time between two
 * boundaries of stages takes room by the root of its length, and at least {@link #LEAST}; within it time runs evenly.
 */
final class Scale {

    /** Pixels that even the shortest stage gets. */
    private static final double LEAST = 9;

    private static final double[] STEPS = {0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300, 600, 1800, 3600};

    /** A tick of the axis. */
    record Tick(double x, double seconds) {}

    private final List<Instant> bounds;
    private final double[] x;

    /** @param bounds at least two, the first and last being the ends */
    Scale(List<Instant> bounds, double from, double to) {
        this.bounds = List.copyOf(new TreeSet<>(bounds));
        int n = this.bounds.size();
        x = new double[n];
        var weights = new double[Math.max(0, n - 1)];
        double all = 0;
        for (int i = 0; i + 1 < n; i++) {
            weights[i] = Math.sqrt(seconds(this.bounds.get(i), this.bounds.get(i + 1)));
            all += weights[i];
        }
        double free = Math.max(0, to - from - LEAST * weights.length);
        double at = from;
        for (int i = 0; i < n; i++) {
            x[i] = at;
            if (i < weights.length) {
                at += LEAST + (all == 0 ? 0 : weights[i] / all * free);
            }
        }
    }

    private static double seconds(Instant a, Instant b) {
        return Duration.between(a, b).toNanos() / 1e9;
    }

    /** Clamped to the ends. */
    double x(Instant at) {
        if (!at.isAfter(bounds.getFirst())) {
            return x[0];
        }
        for (int i = 1; i < x.length; i++) {
            if (!at.isAfter(bounds.get(i))) {
                double whole = seconds(bounds.get(i - 1), bounds.get(i));
                return x[i - 1] + (x[i] - x[i - 1]) * seconds(bounds.get(i - 1), at) / whole;
            }
        }
        return x[x.length - 1];
    }

    /** Ticks that leave at least that much room for their labels; denser where time has more room. */
    List<Tick> ticks(double room) {
        var ticks = new ArrayList<Tick>();
        var begin = bounds.getFirst();
        ticks.add(new Tick(x[0], 0));
        for (int i = 0; i + 1 < x.length; i++) {
            double from = seconds(begin, bounds.get(i));
            double to = seconds(begin, bounds.get(i + 1));
            double width = x[i + 1] - x[i];
            for (double step : STEPS) {
                if (width * step / Math.max(1e-9, to - from) >= room) {
                    for (double t = Math.ceil(from / step + 1e-9) * step; t <= to + 1e-9; t += step) {
                        double at = x[i] + width * (t - from) / (to - from);
                        if (at - ticks.getLast().x() >= room) {
                            ticks.add(new Tick(at, Math.round(t * 100) / 100.0));
                        }
                    }
                    break;
                }
            }
        }
        return ticks;
    }
}
