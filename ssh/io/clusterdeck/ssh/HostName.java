package io.clusterdeck.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The name by which the operator calls a host; not necessarily one that resolves. */
public record HostName(String value) implements Comparable<HostName> {
    private static final Pattern NUMBERED = Pattern.compile("(.*\\D)?(0|[1-9]\\d{0,8})");

    /** Their names in short: three and more that are counted through are told by the first and the last, {@code h1–h30}. */
    public static List<String> brief(List<HostName> names) {
        var brief = new ArrayList<String>();
        for (int from = 0, to; from < names.size(); from = to) {
            to = from + 1;
            while (to < names.size() && names.get(to - 1).before(names.get(to))) {
                to++;
            }
            if (to - from > 2) {
                brief.add(names.get(from) + "–" + names.get(to - 1));
            } else {
                names.subList(from, to).forEach(n -> brief.add(n.value));
            }
        }
        return brief;
    }

    /** Whether the other is the next, as they are counted. */
    private boolean before(HostName next) {
        var number = NUMBERED.matcher(value);
        return number.matches()
                && next.value.equals(value.substring(0, number.start(2)) + (Long.parseLong(number.group(2)) + 1));
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
