/** Questions that signing in to a host may put to the operator. */
@NullMarked
package io.clusterdeck.views.ask;

import org.jspecify.annotations.NullMarked;
