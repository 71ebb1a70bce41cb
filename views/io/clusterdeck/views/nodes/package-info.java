/** The table of nodes. */
@NullMarked
package io.clusterdeck.views.nodes;

import org.jspecify.annotations.NullMarked;
