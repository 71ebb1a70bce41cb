package io.clusterdeck.redis.config;

import io.clusterdeck.redis.conf.ConfTree;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.config.Sheet.Cell;
import io.clusterdeck.redis.config.Sheet.Nature;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.nodes.Unkept;
import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What was read of one node, secrets and all: lives only until the sheet is made.
 *
 * @param running CONFIG GET; empty where it is not told
 * @param file its configuration file with all that it includes; empty where it can't be read
 * @param version of its server; empty when unknown
 */
record Reading(
        NodeId node,
        Map<String, String> running,
        Optional<ConfTree> file,
        String version,
        Optional<Say> unheard,
        List<Say> unread) {

    /** One sheet of all. Pure. */
    static Sheet sheet(Instant at, List<Reading> all) {
        var drifting = new TreeSet<String>();
        var configs = new LinkedHashMap<NodeId, Map<String, String>>();
        var names = new TreeSet<String>();
        for (var one : all) {
            configs.put(one.node, one.running);
            one.running.keySet().forEach(k -> names.add(Directive.name(k)));
            one.file.ifPresent(f -> f.names().forEach(k -> names.add(Directive.name(k))));
        }
        Drift.between(configs).forEach(d -> drifting.add(d.directive()));
        names.removeAll(List.of("rename-command", "include", "user", "loadmodule"));
        var rows = new ArrayList<Row>();
        for (var name : names) {
            var masks = new Masks(name);
            var cells = new LinkedHashMap<NodeId, Cell>();
            all.forEach(one -> cells.put(one.node, one.cell(name, masks)));
            rows.add(new Row(name, nature(name, all), cells, drifting.contains(name)));
        }
        var unheard = new LinkedHashMap<NodeId, Say>();
        var unread = new LinkedHashMap<NodeId, List<Say>>();
        all.forEach(one -> {
            one.unheard.ifPresent(w -> unheard.put(one.node, w));
            if (!one.unread.isEmpty()) {
                unread.put(one.node, one.unread);
            }
        });
        return new Sheet(at, all.stream().map(Reading::node).toList(), rows, unheard, unread);
    }

    private static Nature nature(String name, List<Reading> all) {
        if (Directive.own(name) || Directive.state(name) || Directive.secret(name)) {
            return Nature.OWN;
        }
        return all.stream().anyMatch(r -> Directive.fixed(name, r.version)) ? Nature.FIXED : Nature.SETTABLE;
    }

    private Cell cell(String name, Masks masks) {
        var runs = running(name);
        var says = file.map(f -> Unkept.said(f, name, version)).orElse(null);
        boolean differs = runs != null && says != null && differs(name, runs, says.value());
        return new Cell(
                Optional.ofNullable(runs).map(masks::of),
                Optional.ofNullable(says).map(s -> masks.of(s.value())),
                says != null && says.stated() ? file.flatMap(f -> f.place(says.word())) : Optional.empty(),
                differs);
    }

    /** What a restart would change: settings, not what a server works out itself or is told on its command line. */
    private boolean differs(String name, String runs, String says) {
        return !Directive.own(name)
                && !Directive.state(name)
                && file.filter(ConfTree::whole).isPresent()
                && !Directive.same(name, runs, says)
                && !Unkept.lowered(name, says, runs);
    }

    private @Nullable String running(String name) {
        for (var entry : running.entrySet()) {
            if (Directive.name(entry.getKey()).equals(name)) {
                return entry.getValue();
            }
        }
        return null;
    }

    /** Secrets of one directive, told apart by letters. */
    private static final class Masks {
        private final boolean secret;
        private final List<String> seen = new ArrayList<>();

        Masks(String name) {
            secret = Directive.secret(name);
        }

        String of(String value) {
            if (!secret || value.isEmpty()) {
                return value;
            }
            if (!seen.contains(value)) {
                seen.add(value);
            }
            return Directive.MASK + " " + (char) ('A' + seen.indexOf(value) % 26);
        }
    }
}
