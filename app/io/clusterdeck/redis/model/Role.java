package io.clusterdeck.redis.model;

public enum Role {
    MASTER,
    REPLICA
}
