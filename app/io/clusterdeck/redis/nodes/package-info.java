/** Kill, start, stop, restart. */
@NullMarked
package io.clusterdeck.redis.nodes;

import org.jspecify.annotations.NullMarked;
