/** Hands a shard over to a replica. */
@NullMarked
package io.clusterdeck.redis.failover;

import org.jspecify.annotations.NullMarked;
