package io.clusterdeck.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SayJson;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A plan as JSON: what the journal keeps and {@code --json} prints. */
public final class PlanJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PlanJson() {}

    public static ObjectNode write(Plan plan) {
        var node = JSON.objectNode()
                .put("id", plan.id().value())
                .put("on", plan.on().name())
                .put("hash", hash(plan));
        node.set("title", SayJson.write(plan.title()));
        node.set("costs", SayJson.write(plan.costs()));
        if (!plan.until().isEmpty()) {
            var until = node.putArray("until");
            plan.costs()
                    .forEach(c -> until.add(
                            plan.until().containsKey(c) ? plan.until().get(c).value() : null));
        }
        var stages = node.putArray("stages");
        for (var stage : plan.stages()) {
            var s = stages.addObject().put("id", stage.id());
            s.set("title", SayJson.write(stage.title()));
            var steps = s.putArray("steps");
            stage.steps().forEach(step -> steps.add(write(step)));
        }
        return node;
    }

    static ObjectNode write(Consent consent) {
        var node = JSON.objectNode();
        switch (consent) {
            case Consent.Plain plain -> {}
            case Consent.Ask ask -> node.set("ask", SayJson.write(ask.question()));
            case Consent.Type type -> node.put("type", type.text()).set("ask", SayJson.write(type.question()));
        }
        return node;
    }

    /** A journal of before consents were kept wants a question. */
    static Consent consent(JsonNode node) {
        if (node.isMissingNode()) {
            return new Consent.Ask(Say.of("plan.consent"));
        }
        if (!node.has("ask")) {
            return new Consent.Plain();
        }
        var question = SayJson.read(node.path("ask"));
        return node.has("type") ? new Consent.Type(question, node.path("type").asText()) : new Consent.Ask(question);
    }

    private static ObjectNode write(Step step) {
        var node = JSON.objectNode()
                .put("id", step.id().value())
                .put("on", step.on().value())
                .put("kind", step.spec().kind());
        node.set("title", SayJson.write(step.title()));
        var args = node.putObject("args");
        step.spec().args().forEach(args::put);
        var commands = node.putArray("commands");
        step.commands().forEach(commands::add);
        var edits = node.putArray("edits");
        for (var edit : step.edits()) {
            var entry = edits.addObject()
                    .put("file", edit.file().value())
                    .put("before", edit.before())
                    .put("after", edit.after());
            edit.basis().ifPresent(b -> entry.set("basis", SayJson.write(b)));
        }
        return node.put("undoable", step.undoable());
    }

    /** The plan as it was approved: titles, commands and edits are those that were shown, deeds those of the step rebuilt by its kind. */
    public static Plan read(JsonNode node, Map<String, StepKind> kinds) {
        var stages = new ArrayList<Stage>();
        for (var s : node.path("stages")) {
            var steps = new ArrayList<Step>();
            s.path("steps").forEach(step -> steps.add(step(step, kinds)));
            stages.add(new Stage(s.path("id").asText(), SayJson.read(s.path("title")), steps));
        }
        var costs = SayJson.readAll(node.path("costs"));
        var until = new LinkedHashMap<Say, StepId>();
        for (int i = 0; i < costs.size(); i++) {
            var step = text(node.path("until").path(i));
            if (step != null) {
                until.put(costs.get(i), new StepId(step));
            }
        }
        return new Plan(
                new PlanId(node.path("id").asText()),
                new ClusterRef(node.path("on").asText()),
                SayJson.read(node.path("title")),
                stages,
                costs,
                until);
    }

    private static Step step(JsonNode node, Map<String, StepKind> kinds) {
        var args = new LinkedHashMap<String, String>();
        node.path("args")
                .properties()
                .forEach(e -> args.put(e.getKey(), e.getValue().asText()));
        var edits = new ArrayList<FileDiff>();
        for (var e : node.path("edits")) {
            var basis = e.has("basis") ? Optional.of(SayJson.read(e.path("basis"))) : Optional.<Say>empty();
            edits.add(new FileDiff(
                    new RemotePath(e.path("file").asText()), text(e.path("before")), text(e.path("after")), basis));
        }
        return ApprovedStep.of(
                new StepId(node.path("id").asText()),
                new HostName(node.path("on").asText()),
                new StepSpec(node.path("kind").asText(), args),
                SayJson.read(node.path("title")),
                texts(node.path("commands")),
                edits,
                node.path("undoable").asBoolean(),
                kinds);
    }

    /**
     * What the operator approved, in one number (SHA-256): the cluster, the stages and the data of their steps. Not the edits:
     * those are relative to files that the run itself changes.
     */
    public static String hash(Plan plan) {
        var node = JSON.objectNode().put("on", plan.on().name());
        ArrayNode stages = node.putArray("stages");
        for (var stage : plan.stages()) {
            var steps = stages.addObject().put("id", stage.id()).putArray("steps");
            for (var step : stage.steps()) {
                var args = steps.addObject()
                        .put("id", step.id().value())
                        .put("on", step.on().value())
                        .put("kind", step.spec().kind())
                        .putObject("args");
                new TreeMap<>(step.spec().args()).forEach(args::put);
            }
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(node.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }

    static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(n -> texts.add(n.asText()));
        return texts;
    }

    private static @Nullable String text(JsonNode node) {
        return node.isTextual() ? node.textValue() : null;
    }
}
