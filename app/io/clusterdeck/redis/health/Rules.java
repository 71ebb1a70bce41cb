package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.Finding;
import java.util.Comparator;
import java.util.List;

/** The one list of what can be wrong: it feeds the window, {@code status} and the exit code. */
public final class Rules {

    public static final List<Rule> ALL = List.of(
            Service::noCluster,
            Service::unserved,
            Service::unassigned,
            Service::clusterFail,
            Reach::nobodyThere,
            Reach::down,
            Disk::aofNotWritten,
            Disk::full,
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
            Agreement::versions,
            Agreement::open,
            Copies::oneMachine,
            Reach::refusesCommands);

    private Rules() {}

    /** Every finding, worst first; within a level in the order of the rules. */
    public static List<Finding> check(Case at) {
        return ALL.stream()
                .flatMap(rule -> rule.look(at))
                .sorted(Comparator.comparing(Finding::level).reversed())
                .toList();
    }
}
