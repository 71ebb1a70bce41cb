/** The map of the 16,384 slots. */
@NullMarked
package io.clusterdeck.views.slots;

import org.jspecify.annotations.NullMarked;
