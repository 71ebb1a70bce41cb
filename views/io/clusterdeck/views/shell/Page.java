package io.clusterdeck.views.shell;

/** What the window shows beside its navigation. */
public sealed interface Page {
    /** The three doors of a first start. */
    record Doors() implements Page {}

    record Cluster(String name) implements Page {}

    record Runs() implements Page {}

    record Build() implements Page {}

    record Adopt() implements Page {}
}
