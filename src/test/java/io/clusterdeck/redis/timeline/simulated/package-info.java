/** Redis Clusters played in memory, after cluster.c and not after how Clusterdeck reads them: what they really did is known. */
@org.jspecify.annotations.NullMarked
package io.clusterdeck.redis.timeline.simulated;
