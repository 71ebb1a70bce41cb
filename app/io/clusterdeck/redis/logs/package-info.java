/** Logs of several nodes, side by side by one clock. */
@NullMarked
package io.clusterdeck.redis.logs;

import org.jspecify.annotations.NullMarked;
