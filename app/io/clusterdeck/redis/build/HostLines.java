package io.clusterdeck.redis.build;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Hosts as people have them at hand: one or many, in lines or separated by commas or blanks; ranges; lines of /etc/hosts, of an Ansible
 * inventory, or an ssh command.
 *
 * @param hosts a host that was given no name of its own is named by its address
 * @param mistakes what could not be read
 */
public record HostLines(List<HostSpec> hosts, List<Say> mistakes) {

    /** More than anybody means: a slip in a range. */
    static final int MOST = 500;

    private static final Pattern BRACKETS = Pattern.compile("(.*)\\[(\\d+(?:-\\d+)?(?:,\\d+(?:-\\d+)?)*)](.*)");
    private static final Pattern LAST_PART =
            Pattern.compile("((?:[^@\\s]+@)?\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.)(\\d{1,3}-\\d{1,3})");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:[^@\\s]+@)?(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[[0-9a-fA-F:.]+]|[0-9a-fA-F]*:[0-9a-fA-F]*:[0-9a-fA-F:.]*)(?::\\d{1,5})?");
    private static final Pattern TARGET = Pattern.compile("(?:[^@\\s]+@)?[^@\\s\\[\\],;=/\\\\'\"()]+");
    private static final Pattern IP4 = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    public HostLines {
        hosts = List.copyOf(hosts);
        mistakes = List.copyOf(mistakes);
    }

    public static HostLines read(String text) {
        var hosts = new ArrayList<HostSpec>();
        var mistakes = new ArrayList<Say>();
        for (var raw : text.split("\\R")) {
            var line = raw.replaceFirst("(^|\\s)#.*", "").strip();
            if (line.isEmpty() || line.matches("\\[[\\w:-]+]")) {
                continue;
            }
            for (var piece : line.split("\\s*[;,](?![^\\[]*])\\s*")) {
                if (!piece.isBlank()) {
                    piece(piece.strip(), hosts, mistakes);
                }
            }
        }
        if (hosts.size() > MOST) {
            return new HostLines(List.of(), List.of(Say.of("build.hosts.many", "n", hosts.size(), "most", MOST)));
        }
        return new HostLines(hosts, mistakes);
    }

    private static void piece(String piece, List<HostSpec> hosts, List<Say> mistakes) {
        var words = List.of(piece.split("\\s+"));
        if (words.getFirst().equals("ssh") && words.size() > 1) {
            command(words, hosts, mistakes);
        } else if (piece.contains("ansible_")) {
            inventory(words, hosts, mistakes);
        } else if (words.size() > 1 && words.stream().filter(HostLines::address).count() == 1) {
            // name and address, in either order; further words of /etc/hosts are other names of the same
            var address = words.stream().filter(HostLines::address).findFirst().orElseThrow();
            var name =
                    words.stream().filter(w -> !w.equals(address)).findFirst().orElseThrow();
            target(address, mistakes).forEach(t -> hosts.add(named(HostSpec.parse(t), name)));
        } else {
            words.forEach(w -> target(w, mistakes).forEach(t -> hosts.add(HostSpec.parse(t))));
        }
    }

    private static boolean address(String word) {
        return ADDRESS.matcher(word).matches();
    }

    private static HostSpec named(HostSpec spec, String name) {
        return new HostSpec(
                new HostName(name),
                spec.address(),
                spec.port(),
                spec.user(),
                spec.keys(),
                spec.jump(),
                spec.password());
    }

    /** {@code ssh -p 2222 -l ops h1}. */
    private static void command(List<String> words, List<HostSpec> hosts, List<Say> mistakes) {
        String user = "";
        String port = "";
        String target = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-p" -> port = i + 1 < words.size() ? ":" + words.get(++i) : "";
                case "-l" -> user = i + 1 < words.size() ? words.get(++i) + "@" : "";
                default -> target = words.get(i).startsWith("-") ? target : words.get(i);
            }
        }
        target(user + target + port, mistakes).forEach(t -> hosts.add(HostSpec.parse(t)));
    }

    /** {@code web1 ansible_host=10.0.0.11 ansible_user=ops ansible_port=2222}. */
    private static void inventory(List<String> words, List<HostSpec> hosts, List<Say> mistakes) {
        var host = value(words, "ansible_host", words.getFirst());
        var user = value(words, "ansible_user", "");
        var port = value(words, "ansible_port", "");
        var target = (user.isEmpty() ? "" : user + "@") + host + (port.isEmpty() ? "" : ":" + port);
        target(target, mistakes).forEach(t -> hosts.add(named(HostSpec.parse(t), words.getFirst())));
    }

    private static String value(List<String> words, String key, String otherwise) {
        return words.stream()
                .filter(w -> w.startsWith(key + "="))
                .map(w -> w.substring(key.length() + 1))
                .findFirst()
                .orElse(otherwise);
    }

    private static List<String> target(String word, List<Say> mistakes) {
        var last = LAST_PART.matcher(word);
        var ranged = last.matches() ? last.group(1) + "[" + last.group(2) + "]" : word;
        var brackets = BRACKETS.matcher(ranged);
        var targets =
                brackets.matches() ? range(brackets.group(1), brackets.group(2), brackets.group(3)) : List.of(word);
        if (targets.isEmpty()) {
            mistakes.add(Say.of("build.hosts.range", "value", word));
        }
        for (var target : targets) {
            if (!wellFormed(target)) {
                mistakes.add(Say.of("build.hosts.bad", "value", target));
                return List.of();
            }
        }
        return targets;
    }

    private static boolean wellFormed(String target) {
        if (!TARGET.matcher(target).matches() && !address(target)) {
            return false;
        }
        var spec = HostSpec.parse(target);
        var ip = IP4.matcher(spec.address());
        if (ip.matches()) {
            for (int i = 1; i <= 4; i++) {
                if (Integer.parseInt(ip.group(i)) > 255) {
                    return false;
                }
            }
        } else if (spec.address().matches("[\\d.]+")) {
            return false; // an address that was cut short
        }
        return spec.port() <= 65_535;
    }

    /** Every number of {@code 11-16,20}, with the zeros in front that were written. */
    private static List<String> range(String before, String numbers, String after) {
        var all = new ArrayList<String>();
        for (var part : numbers.split(",")) {
            var ends = part.split("-");
            if (ends[0].length() > 6 || ends[ends.length - 1].length() > 6) {
                return List.of();
            }
            int from = Integer.parseInt(ends[0]);
            int to = Integer.parseInt(ends[ends.length - 1]);
            if (from > to || to - from > MOST) {
                return List.of();
            }
            for (int i = from; i <= to; i++) {
                var digits = Integer.toString(i);
                all.add(before + "0".repeat(Math.max(0, ends[0].length() - digits.length())) + digits + after);
            }
        }
        return all;
    }
}
