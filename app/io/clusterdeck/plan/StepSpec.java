package io.clusterdeck.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the journal keeps of a step: it is rebuilt from this by the {@link StepKind} of that name. Never holds a secret. */
public record StepSpec(String kind, Map<String, String> args) {

    public StepSpec {
        args = Collections.unmodifiableMap(new LinkedHashMap<>(args));
    }

    /** An argument that must be there. */
    public String arg(String name) {
        var value = args.get(name);
        if (value == null) {
            throw new IllegalArgumentException("step of kind " + kind + " lacks " + name);
        }
        return value;
    }
}
