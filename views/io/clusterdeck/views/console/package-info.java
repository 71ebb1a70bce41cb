/** Commands typed to a node. */
@NullMarked
package io.clusterdeck.views.console;

import org.jspecify.annotations.NullMarked;
