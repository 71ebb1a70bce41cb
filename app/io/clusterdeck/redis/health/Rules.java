package io.clusterdeck.redis.health;

import io.clusterdeck.redis.model.Finding;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
            Agreement::noAddress,
            Copies::oneMachine,
            HostState::openFiles,
            Reach::refusesCommands);

    private static final Logger LOG = LoggerFactory.getLogger(Rules.class);

    private static final Set<String> TOLD = ConcurrentHashMap.newKeySet();

    private Rules() {}

    /**
     * Every finding, worst first, and what is muted last; within a level in the order of the rules. Of a cluster that was destroyed but
     * for a rest only that: what else is wrong with the rest would only lead to its being started again.
     */
    public static List<Finding> check(Case at) {
        return check(at, at.facts().upkeep().left().isEmpty() ? ALL : List.of(Belonging::left));
    }

    static List<Finding> check(Case at, List<Rule> rules) {
        return rules.stream()
                .flatMap(rule -> judged(rule, at))
                .map(f -> muted(f, at))
                .sorted(Comparator.comparing(Finding::counts)
                        .thenComparing(Finding::level)
                        .reversed())
                .toList();
    }

    /** A mistake in one rule must hide neither what the others find nor the cluster itself; it is a finding, too. */
    private static Stream<Finding> judged(Rule rule, Case at) {
        try {
            return rule.look(at).toList().stream();
        } catch (RuntimeException mistake) {
            if (TOLD.add(mistake.toString())) { // it is judged ten times a second
                LOG.error("a rule could not be judged of {}", at.state().name(), mistake);
            }
            return Stream.of(Findings.whole("mistake", Level.WARN, Optional.empty(), "what", mistake.toString()));
        }
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
