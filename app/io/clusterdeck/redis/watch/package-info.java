/** Sees a cluster live. */
@NullMarked
package io.clusterdeck.redis.watch;

import org.jspecify.annotations.NullMarked;
