package io.clusterdeck.views.cluster;

/** What can be looked at of a cluster. */
public enum Tab {
    TOPOLOGY,
    SLOTS,
    NODES,
    CONFIG,
    FAILOVER,
    CABLES,
    LOGS,
    CONSOLE,
    REHEARSE,
    HISTORY
}
