package io.clusterdeck.plan;

/** A cluster by the name under which this computer keeps it. */
public record ClusterRef(String name) {

    @Override
    public String toString() {
        return name;
    }
}
