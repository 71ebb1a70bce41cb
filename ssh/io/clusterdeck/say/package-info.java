/** What the program has to say, as data: keys and arguments, and the failures that carry them. Words are made in views and cli only. */
@NullMarked
package io.clusterdeck.say;

import org.jspecify.annotations.NullMarked;
