package io.clusterdeck.redis.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads what {@link TimelineJson} wrote. */
public final class TimelineReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TimelineReader() {}

    /** @param from the file, for the message */
    public static Kept read(String text, String from) throws Failure {
        try {
            var o = JSON.readTree(text);
            if (!o.path("schema").asText().equals(TimelineJson.SCHEMA)) {
                throw new IllegalArgumentException("schema: " + o.path("schema").asText());
            }
            return kept(o);
        } catch (IOException | IllegalArgumentException | DateTimeException wrong) {
            throw new UnexpectedOutput(
                    Say.of("timeline.unreadable", "file", from, "why", String.valueOf(wrong.getMessage())),
                    Say.of("timeline.unreadable.next", "file", from),
                    wrong);
        }
    }

    private static Kept kept(JsonNode o) {
        var timeline = new Timeline(
                text(o, "id"),
                text(o, "cluster"),
                word(Timeline.Kind.class, text(o, "kind")),
                word(Timeline.Outcome.class, text(o, "outcome")),
                at(o, "began"),
                maybe(o, "ended", TimelineReader::at),
                new NodeId(text(o, "failed")),
                maybe(o, "winner", (x, name) -> new NodeId(text(x, name))),
                o.path("epoch").asLong(),
                SayJson.readAll(o.path("why")),
                terms(o.path("terms")),
                all(o.path("members"), TimelineReader::member),
                all(o.path("clocks"), TimelineReader::clock),
                all(o.path("stages"), TimelineReader::stage),
                all(o.path("facts"), TimelineReader::fact),
                SayJson.readAll(o.path("notes")));
        return new Kept(
                timeline,
                maybe(o, "measured", (x, name) -> measured(x.path(name))),
                maybe(o, "before", (x, name) -> x.path(name).toString()),
                maybe(o, "after", (x, name) -> x.path(name).toString()));
    }

    private interface Field<T> {
        T of(JsonNode node, String name);
    }

    private static <T> Optional<T> maybe(JsonNode o, String name, Field<T> read) {
        return o.has(name) ? Optional.of(read.of(o, name)) : Optional.empty();
    }

    private static <T> List<T> all(JsonNode array, Function<JsonNode, T> read) {
        var list = new ArrayList<T>();
        array.forEach(n -> list.add(read.apply(n)));
        return list;
    }

    private static String text(JsonNode o, String name) {
        if (!o.path(name).isTextual()) {
            throw new IllegalArgumentException(name + "?");
        }
        return o.path(name).textValue();
    }

    private static Instant at(JsonNode o, String name) {
        return Instant.parse(text(o, name));
    }

    private static Duration micros(JsonNode o, String name) {
        return Duration.of(o.path(name).asLong(), ChronoUnit.MICROS);
    }

    private static <E extends Enum<E>> E word(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Terms terms(JsonNode o) {
        return new Terms(
                o.path("nodeTimeout").asLong(),
                o.path("validityFactor").asLong(),
                o.path("pingPeriod").asLong(),
                o.path("fullCoverage").asBoolean());
    }

    private static Member member(JsonNode o) {
        return new Member(
                new NodeId(text(o, "id")),
                text(o, "name"),
                new NodeAddress(
                        text(o, "address"),
                        o.path("port").asInt(),
                        o.path("busPort").asInt()),
                text(o, "host"),
                maybe(o, "masterId", (x, name) -> new NodeId(text(x, name))),
                o.path("slots").asInt(),
                text(o, "ranges"),
                o.path("offset").asLong(-1),
                o.path("linkAgeMillis").asLong(-1),
                o.path("answered").asBoolean(),
                o.path("failed").asBoolean());
    }

    private static Clock clock(JsonNode o) {
        return new Clock(text(o, "host"), micros(o, "aheadMicros"), micros(o, "withinMicros"), at(o, "at"));
    }

    private static Fact fact(JsonNode o) {
        return new Fact(
                at(o, "at"),
                micros(o, "withinMicros"),
                word(What.class, text(o, "what")),
                new NodeId(text(o, "by")),
                maybe(o, "about", (x, name) -> new NodeId(text(x, name))),
                o.path("number").asLong(-1),
                o.path("more").asText(""),
                evidence(o.path("evidence")));
    }

    private static Evidence evidence(JsonNode o) {
        return switch (text(o, "kind")) {
            case "line" ->
                new Evidence.LogLine(
                        new HostName(text(o, "host")),
                        new RemotePath(text(o, "file")),
                        o.path("inode").asLong(),
                        o.path("offset").asLong(-1),
                        text(o, "text"));
            case "view" -> new Evidence.View(SayJson.read(o.path("what")));
            case "counter" ->
                new Evidence.Counter(
                        text(o, "name"), o.path("from").asLong(), o.path("to").asLong());
            case "contact" -> new Evidence.Contact(SayJson.read(o.path("what")));
            case "reckoned" -> new Evidence.Reckoned(SayJson.read(o.path("why")));
            default -> throw new IllegalArgumentException("evidence: " + text(o, "kind"));
        };
    }

    private static StageSpan stage(JsonNode o) {
        return new StageSpan(
                word(Stage.class, text(o, "stage")),
                word(StageSpan.State.class, text(o, "state")),
                maybe(o, "from", TimelineReader::at),
                maybe(o, "to", TimelineReader::at),
                micros(o, "withinMicros"),
                all(o.path("who"), n -> new NodeId(n.asText())),
                SayJson.readAll(o.path("happened")),
                SayJson.read(o.path("theory")),
                all(o.path("facts"), TimelineReader::fact));
    }

    private static Measured measured(JsonNode o) {
        return new Measured(
                all(o.path("gaps"), g -> new Measured.Gap(text(g, "slots"), at(g, "from"), at(g, "to"))),
                o.path("acknowledged").asLong(-1),
                all(o.path("lost"), JsonNode::asText),
                all(
                        o.path("expected"),
                        e -> new Measured.Expected(
                                SayJson.read(e.path("what")),
                                SayJson.read(e.path("forecast")),
                                SayJson.read(e.path("outcome")))));
    }
}
