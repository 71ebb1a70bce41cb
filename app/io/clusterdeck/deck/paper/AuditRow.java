package io.clusterdeck.deck.paper;

import io.clusterdeck.say.Say;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that somebody did to a cluster from this computer.
 *
 * @param by account and computer
 * @param deed {@code started}, {@code resumed}, {@code accepted}; {@code noted} for anything that is no run
 * @param plan the run's id; empty where it was none
 * @param outcome {@code done}, {@code failed}, {@code cancelled}, {@code paused}, {@code interrupted}; empty while it runs, and where
 *     nobody was left to write it down
 */
public record AuditRow(
        Instant at,
        String by,
        String cluster,
        String deed,
        Say what,
        String plan,
        Optional<String> outcome,
        Optional<Instant> ended) {

    AuditRow ended(String outcome, Instant at) {
        return new AuditRow(this.at, by, cluster, deed, what, plan, Optional.of(outcome), Optional.of(at));
    }
}
