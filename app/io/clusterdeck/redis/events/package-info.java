/** What happened between two states of a cluster. */
@NullMarked
package io.clusterdeck.redis.events;

import org.jspecify.annotations.NullMarked;
