/** The way between worker threads and the FX thread. */
@NullMarked
package io.clusterdeck.views.fx;

import org.jspecify.annotations.NullMarked;
