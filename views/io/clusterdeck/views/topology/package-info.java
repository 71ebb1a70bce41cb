/** Shards, hosts, and the cluster as each node sees it. */
@NullMarked
package io.clusterdeck.views.topology;

import org.jspecify.annotations.NullMarked;
