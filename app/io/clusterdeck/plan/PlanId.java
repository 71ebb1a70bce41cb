package io.clusterdeck.plan;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Names a run of a plan: {@code 20261122-090312-build}, sortable by time (UTC), and the name of its journal. */
public record PlanId(String value) {

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final AtomicReference<Instant> LAST = new AtomicReference<>(Instant.EPOCH);

    public PlanId {
        if (!SAFE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a plan's name: " + value);
        }
    }

    /** A new one, unlike any that this process gave out: of two within a second the later is dated a second later. */
    public static PlanId now(String what) {
        var at = LAST.updateAndGet(last -> {
            var now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
            return now.isAfter(last) ? now : last.plusSeconds(1);
        });
        var name = what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        return new PlanId(STAMP.format(at) + "-" + name.substring(0, Math.min(60, name.length())));
    }

    @Override
    public String toString() {
        return value;
    }
}
