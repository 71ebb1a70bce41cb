package io.clusterdeck.ssh;

/** The name by which the operator calls a host; not necessarily one that resolves. */
public record HostName(String value) implements Comparable<HostName> {

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
