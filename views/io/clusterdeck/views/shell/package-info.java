/** The frame of the window: navigation at the left, the page, first start. */
@NullMarked
package io.clusterdeck.views.shell;

import org.jspecify.annotations.NullMarked;
