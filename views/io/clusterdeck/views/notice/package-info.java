/** What the window says on its own account: short notices, with a way back where there is one, and word to the desktop. */
@NullMarked
package io.clusterdeck.views.notice;

import org.jspecify.annotations.NullMarked;
