package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Node;
import java.util.Comparator;
import java.util.List;

/** The one list of what can be wrong: it feeds the window, {@code status} and the exit code. */
public final class Rules {

    public static final List<Rule> ALL = List.of(
            Service::noCluster,
            Service::unserved,
            Service::unassigned,
            Service::clusterFail,
            Reach::noneRuns,
            Reach::nobodyThere,
            Reach::down,
            Disk::aofNotWritten,
            Copies::tooFew,
            Disk::full,
            Identity::untrusted,
            Reach::refusesUs,
            Reach::unreached,
            Reach::loading,
            Agreement::oneWay,
            Agreement::disagree,
            Copies::alone,
            Copies::linkDown,
            Copies::lag,
            Copies::beside,
            Copies::halfOfTheMasters,
            Service::openSlots,
            Disk::aofNotRewritten,
            Disk::rdbNotSaved,
            Disk::persistenceOff,
            Strain::memory,
            Strain::hostMemory,
            Strain::fork,
            HostState::clocks,
            HostState::kernel,
            HostState::reboot,
            Belonging::moved,
            Identity::ending,
            Agreement::drift,
            Agreement::versions,
            Agreement::open,
            Copies::oneMachine,
            HostState::openFiles,
            Reach::refusesCommands);

    private Rules() {}

    /** Every finding, worst first, and what is muted last; within a level in the order of the rules. */
    public static List<Finding> check(Case at) {
        return ALL.stream()
                .flatMap(rule -> rule.look(at))
                .map(f -> muted(f, at))
                .sorted(Comparator.comparing(Finding::counts)
                        .thenComparing(Finding::level)
                        .reversed())
                .toList();
    }

    private static Finding muted(Finding finding, Case at) {
        var node = finding.node().flatMap(at.state()::node).map(Node::address);
        return at.facts()
                .upkeep()
                .mute(finding.rule(), node)
                .map(finding::muted)
                .orElse(finding);
    }
}
