package io.clusterdeck.plan;

import io.clusterdeck.ssh.HostName;

/** Makes the steps of one kind from their data. Registered by name where the application is wired. */
@FunctionalInterface
public interface StepKind {

    Step make(StepId id, HostName on, StepSpec spec);
}
