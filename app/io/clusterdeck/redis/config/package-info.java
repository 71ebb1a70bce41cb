/** The configuration of a cluster's nodes: what runs, what stands in the files, where both and the nodes differ, and changing it. */
@NullMarked
package io.clusterdeck.redis.config;

import org.jspecify.annotations.NullMarked;
