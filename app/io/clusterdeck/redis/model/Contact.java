package io.clusterdeck.redis.model;

import io.clusterdeck.say.Say;
import java.time.Instant;

/** Whether we ourselves reach a node, apart from what other nodes say of it. */
public sealed interface Contact {

    /** It answered at that time, after that many microseconds. */
    record Answers(Instant at, long micros) implements Contact {}

    /** It accepts connections and answers nothing (a stopped process, a blocked script), since then. */
    record Silent(Instant since) implements Contact {}

    /** No connection, since then. */
    record Gone(Instant since, Say why) implements Contact {}

    /** It answers, and refuses us: a wrong password, a missing permission, protected mode. */
    record Refuses(Instant since, Say why) implements Contact {}

    /** Not asked yet. */
    record Unknown() implements Contact {}
}
