package io.clusterdeck.views.shell;

/** What the window shows beside its navigation. */
public sealed interface Page {
    /** The three doors of a first start. */
    record Doors() implements Page {}

    record Cluster(String name) implements Page {}

    /** A host of a cluster. */
    record Host(String cluster, String host) implements Page {}

    /** The hosts of a cluster, and how one signs in to them. */
    record Hosts(String cluster) implements Page {}

    record Runs() implements Page {}

    record Snapshots() implements Page {}

    /** The wizard, on a draft. */
    record Draft(String id) implements Page {}

    /** Who did what, when. */
    record Audit() implements Page {}

    record Settings() implements Page {}

    /** The rescue card of a cluster. */
    record Rescue(String cluster) implements Page {}

    record Adopt() implements Page {}
}
