/** How far the clocks of nodes are from ours. */
@NullMarked
package io.clusterdeck.redis.clock;

import org.jspecify.annotations.NullMarked;
