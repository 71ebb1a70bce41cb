/** Turns {@link io.clusterdeck.say.Say} into the operator's language. Only views and cli use it. */
@NullMarked
package io.clusterdeck.words;

import org.jspecify.annotations.NullMarked;
