/** Checks append-only files and cures them. */
@NullMarked
package io.clusterdeck.redis.aof;

import org.jspecify.annotations.NullMarked;
