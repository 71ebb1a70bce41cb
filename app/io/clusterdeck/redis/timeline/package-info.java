/** How a failover went: from log lines, from what the nodes say of each other, and from their counters, on one clock. */
@NullMarked
package io.clusterdeck.redis.timeline;

import org.jspecify.annotations.NullMarked;
