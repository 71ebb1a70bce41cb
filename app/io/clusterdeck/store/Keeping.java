package io.clusterdeck.store;

import io.clusterdeck.store.Snapshots.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How often snapshots are taken by themselves, and how they thin out: all of them stay for some days, then one of each hour, then one of
 * each day, then none. What a person took or imported stays, and so does the newest one.
 *
 * @param every 0 for never on a schedule; changes are kept nevertheless
 */
public record Keeping(Duration every, int allDays, int hourlyDays, int dailyDays) {

    public static final Keeping DEFAULT = new Keeping(Duration.ofHours(1), 2, 14, 365);

    private static final Set<String> LASTING = Set.of("hand", "import");
    private static final int CENTURY = 36_500;

    /** @param newestFirst what there is @return what may go, by {@code now} */
    public List<Entry> surplus(List<Entry> newestFirst, Instant now) {
        var surplus = new ArrayList<Entry>();
        var taken = new HashSet<String>();
        // of an hour or a day what changed tells more than what was merely on time
        for (var wanted : List.of("change", "schedule")) {
            for (int i = 0; i < newestFirst.size(); i++) {
                var entry = newestFirst.get(i);
                boolean due = wanted.equals("change") == entry.why().equals("change");
                if (i > 0 && due && !LASTING.contains(entry.why()) && !stays(entry, now, taken)) {
                    surplus.add(entry);
                }
            }
        }
        return List.copyOf(surplus);
    }

    private boolean stays(Entry entry, Instant now, Set<String> taken) {
        var age = Duration.between(entry.at(), now);
        if (age.compareTo(Duration.ofDays(allDays)) < 0) {
            return true;
        }
        long seconds = entry.at().getEpochSecond();
        if (age.compareTo(Duration.ofDays(hourlyDays)) < 0) {
            return taken.add("hour " + Math.floorDiv(seconds, 3600L));
        }
        return age.compareTo(Duration.ofDays(dailyDays)) < 0 && taken.add("day " + Math.floorDiv(seconds, 86_400L));
    }

    /** What is missing or makes no sense is as by default. */
    static Keeping of(Map<String, Object> tree) {
        return new Keeping(
                Duration.ofMinutes(number(tree, "every-minutes", (int) DEFAULT.every.toMinutes(), 525_600)),
                number(tree, "all-days", DEFAULT.allDays, CENTURY),
                number(tree, "hourly-days", DEFAULT.hourlyDays, CENTURY),
                number(tree, "daily-days", DEFAULT.dailyDays, CENTURY));
    }

    private static int number(Map<String, Object> tree, String name, int otherwise, int most) {
        return tree.get(name) instanceof Integer n && n >= 0 && n <= most ? n : otherwise;
    }

    Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("every-minutes", (int) every.toMinutes());
        tree.put("all-days", allDays);
        tree.put("hourly-days", hourlyDays);
        tree.put("daily-days", dailyDays);
        return tree;
    }
}
