package io.clusterdeck.deck;

import io.clusterdeck.redis.config.ConfigOperations;
import io.clusterdeck.redis.create.CreateOperations;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.forecast.ForecastWords;
import io.clusterdeck.redis.hosts.CableOperations;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.safety.SafetyOperations;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A cluster's operations, which hold nothing but what they stand on. */
abstract class Operable implements OpenCluster {

    abstract Ops ops();

    /** Who looks at its hosts, once it is watched. */
    abstract Optional<HostLook> looking();

    @Override
    public Optional<Failure> unmatched(Node node) {
        return looking().flatMap(l -> l.unmatched(node));
    }

    @Override
    public Optional<Instant> looked() {
        return looking().flatMap(HostLook::looked);
    }

    @Override
    public List<HostName> unseen() {
        return spec().hosts().stream()
                .filter(h -> !h.local() && looking().filter(l -> l.seen(h)).isEmpty())
                .map(HostSpec::name)
                .toList();
    }

    @Override
    public Optional<Failure> unseen(HostSpec how) {
        return looking().flatMap(l -> l.unseen(how));
    }

    @Override
    public NodeOperations nodes() {
        return new NodeOperations(ops(), ForecastWords::beyond);
    }

    @Override
    public FailoverOperations failover() {
        return new FailoverOperations(ops());
    }

    @Override
    public ConfigOperations config() {
        return new ConfigOperations(ops());
    }

    @Override
    public CreateOperations create() {
        return new CreateOperations(ops());
    }

    @Override
    public CableOperations cables() {
        return new CableOperations(ops());
    }

    @Override
    public SafetyOperations safety() {
        return new SafetyOperations(ops(), failover());
    }
}
