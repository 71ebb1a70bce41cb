/** Kept states: looked at as they were, compared, exported. */
@NullMarked
package io.clusterdeck.views.snapshots;

import org.jspecify.annotations.NullMarked;
