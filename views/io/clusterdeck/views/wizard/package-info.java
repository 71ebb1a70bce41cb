/** The way from nothing to a proven cluster, page by page; what was entered is kept as a draft. */
@NullMarked
package io.clusterdeck.views.wizard;

import org.jspecify.annotations.NullMarked;
