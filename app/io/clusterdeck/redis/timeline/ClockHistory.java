package io.clusterdeck.redis.timeline;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a host's clock differed from ours, as measured again and again: it may be set meanwhile, and what was written before that stays as it
 * was. Immutable.
 */
record ClockHistory(List<Span> spans) {

    /** So many settings of one clock are remembered. */
    private static final int MOST = 32;

    /** While one measurement holds. */
    private record Span(Clock clock, Instant from, Instant to) {

        boolean agrees(Clock fresh) {
            var apart = clock.ahead().minus(fresh.ahead()).abs();
            return apart.compareTo(clock.within(fresh.at()).plus(fresh.within())) <= 0;
        }

        /** Until the measurement that agrees; the more exact of the two holds. */
        Span until(Clock fresh) {
            boolean better = fresh.within().compareTo(clock.within(fresh.at())) <= 0;
            return new Span(better ? fresh : clock, from, fresh.at());
        }

        /** How far from this span something was written, by its clock. */
        Duration apart(Instant theirs) {
            var at = clock.ours(theirs);
            return at.isBefore(from)
                    ? Duration.between(at, from)
                    : at.isAfter(to) ? Duration.between(to, at) : Duration.ZERO;
        }
    }

    static ClockHistory of(Clock first) {
        return new ClockHistory(List.of(new Span(first, first.at(), first.at())));
    }

    ClockHistory with(Clock fresh) {
        var all = new ArrayList<>(spans);
        if (all.getLast().agrees(fresh)) {
            all.set(all.size() - 1, all.getLast().until(fresh));
        } else {
            all.add(new Span(fresh, fresh.at(), fresh.at()));
        }
        return new ClockHistory(List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size())));
    }

    /** As it was then. */
    Clock at(Instant ours) {
        return spans.stream()
                .filter(s -> !s.from().isAfter(ours))
                .reduce((a, b) -> b)
                .orElse(spans.getFirst())
                .clock();
    }

    /** That fact of this host on our clock. Between two measurements that disagree it may be as far off as these are apart. */
    Fact ours(Fact fact) {
        var nearest = spans.stream()
                .min(Comparator.comparing((Span s) -> s.apart(fact.at())))
                .orElseThrow();
        var at = nearest.clock().ours(fact.at());
        var error = fact.within().plus(nearest.clock().within(at)).plus(set(nearest, at));
        return fact.moved(at, error);
    }

    private Duration set(Span span, Instant at) {
        int i = spans.indexOf(span);
        var other = at.isBefore(span.from()) && i > 0
                ? Optional.of(spans.get(i - 1))
                : at.isAfter(span.to()) && i + 1 < spans.size()
                        ? Optional.of(spans.get(i + 1))
                        : Optional.<Span>empty();
        return other.map(o -> o.clock().ahead().minus(span.clock().ahead()).abs())
                .orElse(Duration.ZERO);
    }
}
