package io.clusterdeck.redis.console;

import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.say.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The commands that a node knows, as its COMMAND tells them; with their summaries where it has COMMAND DOCS (7.0). */
public record CommandTable(Map<String, Entry> commands) {

    public static final CommandTable NONE = new CommandTable(Map.of());

    /**
     * One command.
     *
     * @param arity how many words, its name included; negative for at least
     * @param parts subcommands, where the node tells them (7.0)
     * @param summary empty where the node has none
     */
    public record Entry(String name, int arity, Set<String> flags, Set<String> parts, String summary) {}

    public CommandTable {
        commands = Collections.unmodifiableMap(new TreeMap<>(commands));
    }

    /** Asks a node; about 100 kB come back. */
    public static CommandTable ask(Link link) throws Failure, InterruptedException {
        var told = link.call(Duration.ofSeconds(5), "COMMAND");
        if (!(told instanceof Reply.Many all)) {
            return NONE;
        }
        var summaries = summaries(link.call(Duration.ofSeconds(5), "COMMAND", "DOCS"));
        var table = new TreeMap<String, Entry>();
        for (var one : all.items()) {
            if (one instanceof Reply.Many m && m.items().size() >= 3) {
                var entry = entry(m.items(), summaries);
                table.put(entry.name(), entry);
            }
        }
        return new CommandTable(table);
    }

    private static Entry entry(List<Reply> fields, Map<String, String> summaries) {
        var name = fields.get(0).text().toUpperCase(Locale.ROOT);
        var flags = new TreeSet<String>();
        if (fields.get(2) instanceof Reply.Many words) {
            words.items().forEach(w -> flags.add(w.text()));
        }
        var parts = new TreeSet<String>();
        if (fields.size() > 9 && fields.get(9) instanceof Reply.Many subs) {
            for (var sub : subs.items()) {
                if (sub instanceof Reply.Many s && !s.items().isEmpty()) {
                    var full = s.items().getFirst().text().toUpperCase(Locale.ROOT);
                    parts.add(full.substring(full.indexOf('|') + 1));
                }
            }
        }
        int arity = fields.get(1) instanceof Reply.Number n ? (int) n.value() : 0;
        return new Entry(name, arity, flags, parts, summaries.getOrDefault(name, ""));
    }

    /** {@code [name, [summary, text, …], …]}; before 7.0 an error. */
    private static Map<String, String> summaries(Reply docs) {
        var summaries = new TreeMap<String, String>();
        if (docs instanceof Reply.Many all) {
            for (int i = 0; i + 1 < all.items().size(); i += 2) {
                if (all.items().get(i + 1) instanceof Reply.Many fields) {
                    for (int f = 0; f + 1 < fields.items().size(); f += 2) {
                        if (fields.items().get(f).text().equals("summary")) {
                            summaries.put(
                                    all.items().get(i).text().toUpperCase(Locale.ROOT),
                                    fields.items().get(f + 1).text());
                        }
                    }
                }
            }
        }
        return summaries;
    }

    /** Whether the node flags it as reading only. */
    public boolean reads(String name) {
        var entry = commands.get(name);
        return entry != null && entry.flags().contains("readonly");
    }

    /** What could stand where the line ends: a command's name, or its subcommand; at most {@code most}, in order. */
    public List<Entry> completing(String line, int most) {
        var words = line.stripLeading().split("\\s+", -1);
        var last = words[words.length - 1].toUpperCase(Locale.ROOT);
        if (words.length == 1) {
            return commands.values().stream()
                    .filter(e -> e.name().startsWith(last))
                    .limit(most)
                    .toList();
        }
        var container = commands.get(words[0].toUpperCase(Locale.ROOT));
        if (words.length != 2 || container == null) {
            return List.of();
        }
        var found = new ArrayList<Entry>();
        for (var part : new TreeSet<>(container.parts())) {
            if (part.startsWith(last) && found.size() < most) {
                found.add(new Entry(container.name() + " " + part, 0, Set.of(), Set.of(), ""));
            }
        }
        return found;
    }
}
