/** Makes a cluster of running or not yet started servers. */
@NullMarked
package io.clusterdeck.redis.create;

import org.jspecify.annotations.NullMarked;
