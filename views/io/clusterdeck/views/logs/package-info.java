/** A node's log, followed. */
@NullMarked
package io.clusterdeck.views.logs;

import org.jspecify.annotations.NullMarked;
