/** What the operator takes away: the audit, rescue cards, the bundle for support. */
@NullMarked
package io.clusterdeck.views.paper;

import org.jspecify.annotations.NullMarked;
