/** The window. */
@NullMarked
package io.clusterdeck.views;

import org.jspecify.annotations.NullMarked;
