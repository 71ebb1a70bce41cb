package io.clusterdeck.redis.drill;

import io.clusterdeck.redis.nodes.Ops;

/**
 * What the drills of one cluster stand on.
 *
 * @param live those that run in this process
 * @param failovers what is recorded beside them
 */
public record DrillGround(Ops ops, Records records, Rehearsals live, Failovers failovers) {}
