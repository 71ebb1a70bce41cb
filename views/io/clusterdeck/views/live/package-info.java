/** One open cluster, as its views share it. */
@NullMarked
package io.clusterdeck.views.live;

import org.jspecify.annotations.NullMarked;
