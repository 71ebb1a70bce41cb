package io.clusterdeck.plan;

/** Names a run of a plan: {@code 20261122-090312-build}, sortable by time, and the name of its journal. */
public record PlanId(String value) {

    @Override
    public String toString() {
        return value;
    }
}
