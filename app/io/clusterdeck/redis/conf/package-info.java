/** redis.conf and nodes.conf as files: read, edit in place, write. */
@NullMarked
package io.clusterdeck.redis.conf;

import org.jspecify.annotations.NullMarked;
