package io.clusterdeck.views;

import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.redis.aof.AofOperations;
import io.clusterdeck.redis.create.CreateOperations;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a made-up cluster can not do. */
abstract class SampleIdle implements OpenCluster {
    /** Hosts that can't be looked at, and why, as far as that was tried. */
    final Map<HostName, Optional<Failure>> unseen = new ConcurrentHashMap<>();

    @Override
    public Optional<Failure> unmatched(Node node) {
        return Optional.empty();
    }

    @Override
    public Optional<Instant> looked() {
        return Optional.of(Instant.EPOCH);
    }

    @Override
    public List<HostName> unseen() {
        return List.copyOf(unseen.keySet());
    }

    @Override
    public Optional<Failure> unseen(HostSpec how) {
        return unseen.getOrDefault(how.name(), Optional.empty());
    }

    @Override
    public void signIn(HostSpec how) {}

    @Override
    public void signOut(HostName host) {}

    @Override
    public void configWord(Secret word) {}

    @Override
    public Links links() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FailoverOperations failover() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CreateOperations create() {
        throw new UnsupportedOperationException("nothing is created on a sample");
    }

    @Override
    public AofOperations aof() {
        throw new UnsupportedOperationException();
    }
}
