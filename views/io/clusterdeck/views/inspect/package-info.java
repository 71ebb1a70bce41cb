/** Everything about the chosen node. */
@NullMarked
package io.clusterdeck.views.inspect;

import org.jspecify.annotations.NullMarked;
