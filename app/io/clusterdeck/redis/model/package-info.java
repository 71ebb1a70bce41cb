/** A Redis Cluster as its nodes tell it: rows, views, the merged state. Immutable, no I/O. */
@NullMarked
package io.clusterdeck.redis.model;

import org.jspecify.annotations.NullMarked;
