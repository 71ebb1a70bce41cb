package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.build.BlueprintWriter;
import io.clusterdeck.redis.build.Mistake;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that a draft lacks or has wrong, as the reader of blueprints finds it.
 *
 * @param field such as {@code name}, {@code hosts[2].port}, {@code redis.sha256}
 * @param missing nothing was entered yet: said only to who wants to go on
 */
record Problem(String field, boolean missing, Say what, Say next) {
    private static final Pattern TOP = Pattern.compile("([\\w-]+):.*");
    private static final Pattern BELOW = Pattern.compile("(?: {2}- +| {4}| {6})[\"']?([\\w-]+)[\"']?:.*");

    /** Of a name that another cluster has. */
    static Problem taken(String name) {
        return new Problem("name", false, Say.of("wizard.name.taken", "name", name), Say.of("wizard.name.taken.next"));
    }

    Place place() {
        return Place.ofField(field);
    }

    /** A draft as a blueprint, or everything that stands between the two. */
    record Read(Optional<Blueprint> whole, List<Problem> problems) {
        static final Read NOTHING = new Read(Optional.empty(), List.of());
    }

    static Read read(Map<String, Object> tree) {
        var text = BlueprintWriter.text(tree);
        return switch (BlueprintReader.read("draft", text)) {
            case BlueprintReader.Reading.Good good -> new Read(Optional.of(good.blueprint()), List.of());
            case BlueprintReader.Reading.Bad bad -> {
                var lines = text.lines().toList();
                yield new Read(
                        Optional.empty(),
                        bad.mistakes().stream().map(m -> of(m, lines)).toList());
            }
        };
    }

    private static Problem of(Mistake mistake, List<String> lines) {
        boolean missing = mistake.what().key().equals("build.yaml.missing");
        var key = missing ? String.valueOf(mistake.what().args().get("key")) : "";
        int last = Math.min(mistake.line(), lines.size());
        int top = last - 1;
        while (top > 0 && !TOP.matcher(lines.get(top)).matches()) {
            top--;
        }
        var head = TOP.matcher(top < 0 ? "" : lines.get(top));
        if (missing
                && List.of("name", "hosts").contains(key)
                && !(head.matches() && key(head).equals("hosts") && last - 1 > top)) {
            return new Problem(key, true, Say.of("wizard.missing." + key), Say.of("wizard.missing." + key + ".next"));
        }
        if (mistake.what().key().equals("build.yaml.replicas-need-hosts")) {
            return new Problem("layout.replicas", false, mistake.what(), mistake.allowed());
        }
        if (!head.matches()) {
            return new Problem("", missing, mistake.what(), mistake.allowed());
        }
        var field = new StringBuilder(key(head));
        var inside = lines.subList(top + 1, Math.max(top + 1, last));
        if (field.toString().equals("hosts")) {
            long items = inside.stream().filter(l -> l.startsWith("  - ")).count();
            field.append('[').append(Math.max(0, items - 1)).append(']');
        }
        var below = missing
                ? key
                : inside.reversed().stream()
                        .map(BELOW::matcher)
                        .filter(m -> m.matches())
                        .map(m -> m.group(1))
                        .findFirst()
                        .orElse("");
        if (!below.isEmpty()) {
            field.append('.').append(below);
        }
        var what =
                missing && List.of("sha256", "file").contains(key) ? Say.of("wizard.missing." + key) : mistake.what();
        return new Problem(field.toString(), missing, what, mistake.allowed());
    }

    private static String key(java.util.regex.Matcher top) {
        return top.group(1);
    }
}
