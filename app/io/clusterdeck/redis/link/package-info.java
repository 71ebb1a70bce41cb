/** Connections to Redis nodes: one to watch, one to act. */
@NullMarked
package io.clusterdeck.redis.link;

import org.jspecify.annotations.NullMarked;
