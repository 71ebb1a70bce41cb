package io.clusterdeck.deck;

import io.clusterdeck.redis.config.ConfigOperations;
import io.clusterdeck.redis.create.CreateOperations;
import io.clusterdeck.redis.failover.FailoverOperations;
import io.clusterdeck.redis.hosts.CableOperations;
import io.clusterdeck.redis.nodes.NodeOperations;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.safety.SafetyOperations;

/** A cluster's operations, which hold nothing but what they stand on. */
abstract class Operable implements OpenCluster {

    abstract Ops ops();

    @Override
    public NodeOperations nodes() {
        return new NodeOperations(ops());
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
