/** A small plain client that writes and reads through every shard many times a second, and knows afterwards what became of it. */
@NullMarked
package io.clusterdeck.redis.probe;

import org.jspecify.annotations.NullMarked;
