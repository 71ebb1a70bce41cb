package io.clusterdeck.plan;

/** Names a step within its plan: stable when the plan is computed again from the same blueprint, such as {@code start/h1:9000}. */
public record StepId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
