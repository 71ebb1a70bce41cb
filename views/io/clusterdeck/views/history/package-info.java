/** The last quarter of an hour of every node, as measured. */
@NullMarked
package io.clusterdeck.views.history;

import org.jspecify.annotations.NullMarked;
