package io.clusterdeck.views;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** What a made-up cluster stands on: nodes and hosts that nobody reaches, and a log. */
final class Nowhere {
    private Nowhere() {}

    static final String LOG = """
        1834:M 22 Nov 2026 11:58:01.204 * 10000 changes in 60 seconds. Saving...
        1834:M 22 Nov 2026 11:58:01.219 * Background saving started by pid 20114
        20114:C 22 Nov 2026 11:58:03.871 * DB saved on disk
        1834:M 22 Nov 2026 11:58:03.902 * Background saving terminated with success
        1834:M 22 Nov 2026 12:01:02.118 # Connection with replica 10.20.0.175:9004 lost.
        1834:M 22 Nov 2026 12:04:17.004 * Replica 10.20.0.175:9004 asks for synchronization
        1834:M 22 Nov 2026 12:04:17.004 * Partial resynchronization request from 10.20.0.175:9004 accepted. Sending 1203 bytes of backlog starting from offset 4812007911.
        """;

    /** Every node is away. */
    static final class NoLinks implements Links {
        @Override
        public Link act(NodeAddress to) throws Failure {
            throw new Unreachable(Say.of("sample.refused"), Say.of("sample.gone.next"));
        }

        @Override
        public Link watch(NodeAddress to) throws Failure {
            return act(to);
        }

        @Override
        public void close() {}
    }

    static final class NoGround implements Ground {
        @Override
        public Host host(HostName name) {
            throw new UnsupportedOperationException(name.value());
        }

        @Override
        public Optional<Secret> secret(String name) {
            return Optional.empty();
        }
    }
}
