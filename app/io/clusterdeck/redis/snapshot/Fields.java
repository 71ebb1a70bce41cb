package io.clusterdeck.redis.snapshot;

import com.fasterxml.jackson.core.JsonGenerator;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Writes one field, or what stands in one. */
final class Fields {

    private Fields() {}

    static void string(JsonGenerator json, String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        if (value == null) {
            json.writeNull();
        } else {
            json.writeString(value);
        }
    }

    static void number(JsonGenerator json, String name, OptionalLong value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeNumber(value.getAsLong());
        } else {
            json.writeNull();
        }
    }

    static void strings(JsonGenerator json, String name, List<String> values) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) {
            json.writeString(value);
        }
        json.writeEndArray();
    }

    static void map(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (var entry : values.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    static void says(JsonGenerator json, String name, List<Say> says) throws IOException {
        json.writeArrayFieldStart(name);
        for (var say : says) {
            say(json, say);
        }
        json.writeEndArray();
    }

    static void say(JsonGenerator json, Say say) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", say.key());
        json.writeObjectFieldStart("args");
        for (var arg : say.args().entrySet()) {
            json.writeFieldName(arg.getKey());
            value(json, arg.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        switch (value) {
            case Say say -> say(json, say);
            case List<?> list -> {
                json.writeStartArray();
                for (var item : list) {
                    value(json, item);
                }
                json.writeEndArray();
            }
            case Boolean b -> json.writeBoolean(b);
            case Double d -> json.writeNumber(d);
            case Float f -> json.writeNumber(f);
            case Number n -> json.writeNumber(n.longValue());
            default -> json.writeString(value.toString());
        }
    }
}
