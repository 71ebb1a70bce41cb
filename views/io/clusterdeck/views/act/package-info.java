/** An action from the wish to its end: offer, consent, run, result. */
@NullMarked
package io.clusterdeck.views.act;

import org.jspecify.annotations.NullMarked;
