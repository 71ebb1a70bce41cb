/** What would happen if a node or a host were lost: pure functions of what was seen. */
@NullMarked
package io.clusterdeck.redis.forecast;

import org.jspecify.annotations.NullMarked;
