/** A cluster's state as the published JSON document. */
@NullMarked
package io.clusterdeck.redis.snapshot;

import org.jspecify.annotations.NullMarked;
