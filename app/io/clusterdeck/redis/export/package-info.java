/** A snapshot in the formats that others read. */
@NullMarked
package io.clusterdeck.redis.export;

import org.jspecify.annotations.NullMarked;
