package io.clusterdeck.deck.paper;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.plan.Operator;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import io.clusterdeck.store.SayLog;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Beginnings and ends of the audit's log as one row each, and rows as files for others. */
public final class AuditRows {

    private static final String AREA = "deck.audit.";
    private static final Set<String> BEGINS = Set.of("started", "resumed", "accepted");
    private static final Set<String> ENDS = Set.of("done", "failed", "cancelled", "paused", "interrupted");

    private AuditRows() {}

    /** Oldest first, as the log has them. */
    static List<AuditRow> of(String cluster, List<SayLog.Entry> entries) {
        var rows = new ArrayList<AuditRow>();
        for (var entry : entries) {
            var key = entry.what().key();
            var word = key.startsWith(AREA) ? key.substring(AREA.length()) : "";
            var plan = String.valueOf(entry.what().args().getOrDefault("plan", ""));
            if (!ENDS.contains(word) || !end(rows, plan, word, entry)) {
                rows.add(row(cluster, word, plan, entry));
            }
        }
        return rows;
    }

    private static boolean end(List<AuditRow> rows, String plan, String outcome, SayLog.Entry entry) {
        for (int i = rows.size() - 1; i >= 0; i--) {
            var row = rows.get(i);
            if (row.plan().equals(plan) && row.outcome().isEmpty()) {
                rows.set(i, row.ended(outcome, entry.at()));
                return true;
            }
        }
        return false; // its beginning lies before what is read
    }

    /** Of the audit itself, now. */
    static AuditRow note(String cluster, Say what) {
        return row(cluster, "", "", new SayLog.Entry(Instant.now(), Operator.name(), what));
    }

    private static AuditRow row(String cluster, String word, String plan, SayLog.Entry entry) {
        boolean run = BEGINS.contains(word) || ENDS.contains(word);
        var what = run && entry.what().args().get("what") instanceof Say title ? title : entry.what();
        var row = new AuditRow(
                entry.at(),
                entry.by(),
                cluster,
                BEGINS.contains(word) ? word : run ? "started" : "noted",
                what,
                plan,
                java.util.Optional.empty(),
                java.util.Optional.empty());
        return ENDS.contains(word) ? row.ended(word, entry.at()) : row;
    }

    /**
     * A table for a spreadsheet: RFC 4180, one line for the heads.
     *
     * @param words turns a Say into the operator's language
     */
    public static String csv(List<AuditRow> rows, Function<Say, String> words) {
        var lines = new StringBuilder("at,by,cluster,deed,what,outcome,ended,plan\r\n");
        for (var row : rows) {
            var fields = Stream.of(
                    row.at().toString(),
                    row.by(),
                    row.cluster(),
                    row.deed(),
                    words.apply(row.what()),
                    row.outcome().orElse(""),
                    row.ended().map(Object::toString).orElse(""),
                    row.plan());
            lines.append(fields.map(AuditRows::field).collect(Collectors.joining(",")))
                    .append("\r\n");
        }
        return lines.toString();
    }

    /** A leading sign of a formula is set apart: a title that a stranger chose must not be computed by a spreadsheet. */
    private static String field(String text) {
        var safe = text.matches("(?s)[=+@\\-\\t\\r].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    /** One document; what was done as key and arguments, and in words. */
    public static String json(List<AuditRow> rows, Function<Say, String> words) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var row : rows) {
            var one = array.addObject();
            one.put("at", row.at().toString())
                    .put("by", row.by())
                    .put("cluster", row.cluster())
                    .put("deed", row.deed())
                    .put("text", words.apply(row.what()));
            one.set("what", SayJson.write(row.what()));
            row.outcome().ifPresent(o -> one.put("outcome", o));
            row.ended()
                    .ifPresent(e -> one.put("ended", e.toString())
                            .put("tookMs", Duration.between(row.at(), e).toMillis()));
            if (!row.plan().isEmpty()) {
                one.put("plan", row.plan());
            }
        }
        return array.toPrettyString();
    }
}
