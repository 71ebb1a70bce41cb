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
         * Whether its machine turns us away: no server listens there, or a firewall rejects us. A host that gets no connection does not say
         * why over SSH: of others it may be cut off, of itself it knows.
         */
        public boolean refused(NodeAddress node, Optional<HostName> host) {
            return is("link.reason.refused") || nothingListens(node, host);
        }

        /** Whether no server listens there for sure: its own machine tried. */
        public boolean nothingListens(NodeAddress node, Optional<HostName> host) {
            boolean loopback = node.host().equals("::1") || node.host().startsWith("127.");
            return loopback && is("link.reason.refused")
                    || is("link.reason.not-through")
                            && (loopback
                                    || host.filter(h -> h.value().equals(by())).isPresent());
        }

        private Object by() {
            return reason().map(r -> r.args().get("host")).orElse("");
        }

        private boolean is(String key) {
            return reason().filter(r -> r.key().equals(key)).isPresent();
        }

        private Optional<Say> reason() {
            return why.args().get("reason") instanceof Say reason ? Optional.of(reason) : Optional.empty();
        }
    }

    /** It answers, and refuses us: a wrong password, a missing permission, protected mode. */
    record Refuses(Instant since, Say why) implements Contact {}

    /** Not asked yet. */
    record Unknown() implements Contact {}
}
