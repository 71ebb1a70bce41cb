/** What happened between two states of a cluster. */
@NullMarked
package io.clusterdeck.views.events;

import org.jspecify.annotations.NullMarked;
