/** Clusters, runs, snapshots, events, settings, secrets: files first. */
@NullMarked
package io.clusterdeck.store;

import org.jspecify.annotations.NullMarked;
