/** Findings: what is worth knowing, and the action that helps. */
@NullMarked
package io.clusterdeck.views.health;

import org.jspecify.annotations.NullMarked;
