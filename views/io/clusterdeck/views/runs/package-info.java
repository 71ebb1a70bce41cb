/** Runs of plans, past and present. */
@NullMarked
package io.clusterdeck.views.runs;

import org.jspecify.annotations.NullMarked;
