package io.clusterdeck.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.ssh.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a journal tells of a run.
 *
 * @param state as it stood at the last whole line
 * @param by the process that ran it last
 * @param owed steps that were begun, can be undone and were not, in the order in which they were begun
 * @param done steps that ended well
 */
record Past(RunState state, Holder by, SequencedSet<StepId> owed, Set<StepId> done) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads a journal; a last line that was cut short is as if it had not been written. */
    static Past read(Path file, Map<String, StepKind> kinds) throws IOException, UnexpectedOutput {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        var lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        var reader = new Reader(file, kinds);
        for (int i = 0; i < lines.size(); i++) {
            try {
                reader.line(JSON.readTree(lines.get(i)));
            } catch (JsonProcessingException | IllegalArgumentException | DateTimeException broken) {
                throw new UnexpectedOutput(
                        Say.of("plan.journal-damaged", "file", file, "line", i + 1),
                        Say.of("plan.journal-damaged.next"),
                        broken);
            }
        }
        return reader.past();
    }

    /**
     * As it is to be shown: a run that did not end and that nobody runs any more was interrupted.
     *
     * @param runs whether somebody runs it still
     */
    RunState shown(boolean runs) {
        if (state.ended().isPresent() || runs) {
            return state;
        }
        var at = state.steps().values().stream()
                .flatMap(s -> s.began().map(b -> b.plusMillis(s.took())).stream())
                .max(Instant::compareTo)
                .orElse(state.began());
        var ended = state;
        for (var step : state.steps().entrySet()) {
            if (step.getValue().phase() == RunState.Phase.APPLIES) {
                ended = ended.after(new RunEvent.StepFailed(
                        at,
                        step.getKey(),
                        Say.of("plan.interrupted", "who", by.who()),
                        Say.of("plan.interrupted.next"),
                        step.getValue().lastLines()));
            }
        }
        return ended.after(new RunEvent.Ended(at, Outcome.CANCELLED));
    }

    /** Folds the lines. */
    private static final class Reader {

        private final Path file;
        private final Map<String, StepKind> kinds;
        private @Nullable RunState state;
        private @Nullable Holder by;
        private final SequencedSet<StepId> owed = new LinkedHashSet<>();
        private final Set<StepId> done = new LinkedHashSet<>();
        /** Begun since the run was taken up last. */
        private final Set<StepId> lately = new HashSet<>();

        Reader(Path file, Map<String, StepKind> kinds) {
            this.file = file;
            this.kinds = kinds;
        }

        void line(JsonNode node) throws UnexpectedOutput {
            var event = event(node);
            if (event == null) {
                return;
            }
            var before = state;
            if (before == null) {
                if (!(event instanceof RunEvent.Began first)) {
                    throw new IllegalArgumentException("does not begin with a plan");
                }
                before = RunState.begin(first.plan(), first.consent(), first.at());
            }
            for (var line : PlanJson.texts(node.path("tail"))) {
                var step = new StepId(node.path("step").asText());
                before = before.after(new RunEvent.StepLine(event.at(), step, new Line.Text(line, false)));
            }
            state = before.after(event);
            owe(event, state.plan());
        }

        private @Nullable RunEvent event(JsonNode node) throws UnexpectedOutput {
            var at = Instant.parse(node.path("at").asText());
            var step = new StepId(node.path("step").asText());
            return switch (node.path("is").asText()) {
                case "began" ->
                    new RunEvent.Began(
                            at,
                            plan(node),
                            PlanJson.consent(node.path("consent")),
                            node.path("resumed").asBoolean());
                case "begun" -> // earlier journals do not tell since when
                    new RunEvent.StepBegan(
                            at,
                            step,
                            true,
                            node.has("since") ? Instant.parse(node.path("since").asText()) : at);
                case "done" -> new RunEvent.StepDone(at, step, true, SayJson.read(node.path("found")));
                case "already" -> new RunEvent.StepDone(at, step, false, SayJson.read(node.path("found")));
                case "failed" ->
                    new RunEvent.StepFailed(
                            at,
                            step,
                            SayJson.read(node.path("why")),
                            SayJson.read(node.path("next")),
                            PlanJson.texts(node.path("tail")));
                case "undone" -> new RunEvent.StepUndone(at, step);
                case "paused" -> new RunEvent.Paused(at, SayJson.readAll(node.path("differences")));
                case "ended" ->
                    new RunEvent.Ended(at, Outcome.valueOf(node.path("outcome").asText()));
                default -> null; // of a later version that only added to this one
            };
        }

        private Plan plan(JsonNode began) throws UnexpectedOutput {
            if (began.path("version").asInt() > Journal.VERSION) {
                throw new UnexpectedOutput(
                        Say.of("plan.journal-newer", "file", file), Say.of("plan.journal-newer.next"));
            }
            var who = began.path("by");
            by = new Holder(
                    who.path("user").asText(),
                    who.path("computer").asText(),
                    who.path("pid").asLong(),
                    Instant.parse(who.path("since").asText()));
            if (began.has("plan")) {
                return PlanJson.read(began.path("plan"), kinds);
            }
            if (state == null) {
                throw new IllegalArgumentException("begins without a plan");
            }
            return state.plan();
        }

        private void owe(RunEvent event, Plan plan) {
            switch (event) {
                case RunEvent.Began again -> lately.clear();
                case RunEvent.StepBegan b -> {
                    lately.add(b.step());
                    done.remove(b.step());
                    plan.steps().stream()
                            .filter(s -> s.undoable() && s.id().equals(b.step()))
                            .forEach(s -> owed.addLast(s.id()));
                }
                case RunEvent.StepDone d -> done.add(d.step());
                case RunEvent.StepUndone u -> {
                    owed.remove(u.step());
                    // what passes by itself was over when its run was taken up again; before that it was cut short
                    if (lately.contains(u.step()) || !passes(u.step(), plan)) {
                        done.remove(u.step());
                    }
                }
                case RunEvent.Ended e when e.outcome() == Outcome.DONE -> owed.clear();
                default -> {}
            }
        }

        private static boolean passes(StepId step, Plan plan) {
            return plan.steps().stream().anyMatch(s -> s.passes() && s.id().equals(step));
        }

        Past past() throws UnexpectedOutput {
            if (state == null || by == null) {
                throw new UnexpectedOutput(
                        Say.of("plan.journal-damaged", "file", file, "line", 1), Say.of("plan.journal-damaged.next"));
            }
            return new Past(state, by, owed, done);
        }
    }
}
