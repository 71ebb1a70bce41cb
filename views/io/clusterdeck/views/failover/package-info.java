/** Failovers: how one goes, how each went, and what a failover is. */
@NullMarked
package io.clusterdeck.views.failover;

import org.jspecify.annotations.NullMarked;
