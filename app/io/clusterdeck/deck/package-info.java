/** Wires store, plan and redis into what the window and the command line both use. */
@NullMarked
package io.clusterdeck.deck;

import org.jspecify.annotations.NullMarked;
