package io.clusterdeck.say;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** A {@link Say} as JSON, the same in journals, logs, snapshots and on the command line: {@code {"key": "…", "args": {…}}}, without args where there are none. */
public final class SayJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private SayJson() {}

    public static ObjectNode write(Say say) {
        var node = JSON.objectNode().put("key", say.key());
        if (!say.args().isEmpty()) {
            var args = node.putObject("args");
            say.args().forEach((name, value) -> args.set(name, value(value)));
        }
        return node;
    }

    public static ArrayNode write(List<Say> says) {
        var array = JSON.arrayNode();
        says.forEach(s -> array.add(write(s)));
        return array;
    }

    /** Fails with IllegalArgumentException where {@code node} is no Say. */
    public static Say read(JsonNode node) {
        if (!node.path("key").isTextual()) {
            throw new IllegalArgumentException("no key in " + node);
        }
        var args = new LinkedHashMap<String, Object>();
        node.path("args").properties().forEach(e -> args.put(e.getKey(), value(e.getValue())));
        return new Say(node.path("key").textValue(), args);
    }

    public static List<Say> readAll(JsonNode array) {
        var says = new ArrayList<Say>();
        array.forEach(n -> says.add(read(n)));
        return says;
    }

    private static JsonNode value(Object value) {
        return switch (value) {
            case Say s -> write(s);
            case List<?> list -> {
                var array = JSON.arrayNode();
                list.forEach(v -> array.add(value(v)));
                yield array;
            }
            case Boolean b -> JSON.booleanNode(b);
            case Integer n -> JSON.numberNode(n);
            case Long n -> JSON.numberNode(n);
            case Number n -> JSON.numberNode(n.doubleValue());
            default -> JSON.textNode(value.toString());
        };
    }

    private static Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> read(node);
            case ARRAY -> {
                var list = new ArrayList<Object>();
                node.forEach(n -> list.add(value(n)));
                yield List.copyOf(list);
            }
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> node.numberValue();
            default -> node.asText();
        };
    }
}
