package io.clusterdeck.redis.model;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.time.Instant;
import java.util.Optional;

/** Whether we ourselves reach a node, apart from what other nodes say of it. */
public sealed interface Contact {

    /** It answered at that time, after that many microseconds. */
    record Answers(Instant at, long micros) implements Contact {}

    /** It accepts connections and answers nothing (a stopped process, a blocked script), since then. */
    record Silent(Instant since) implements Contact {}

    /** No connection, since then. */
    record Gone(Instant since, Say why) implements Contact {

        /**
         * Whether that is since no server listens there. A host that gets no connection does not say why over SSH: of others it may be cut
         * off, of itself it knows.
         */
        public boolean nothingListens(NodeAddress node, Optional<HostName> host) {
            return why.args().get("reason") instanceof Say reason
                    && switch (reason.key()) {
                        case "link.reason.refused" -> true;
                        case "link.reason.not-through" ->
                            node.host().equals("::1")
                                    || node.host().startsWith("127.")
                                    || host.filter(own -> own.value()
                                                    .equals(reason.args().get("host")))
                                            .isPresent();
                        default -> false;
                    };
        }
    }

    /** It answers, and refuses us: a wrong password, a missing permission, protected mode. */
    record Refuses(Instant since, Say why) implements Contact {}

    /** Not asked yet. */
    record Unknown() implements Contact {}
}
