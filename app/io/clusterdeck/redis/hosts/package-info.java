/** The hosts of a cluster: how they fare, what runs there, their kernels' settings, and the ways between them. */
@NullMarked
package io.clusterdeck.redis.hosts;

import org.jspecify.annotations.NullMarked;
