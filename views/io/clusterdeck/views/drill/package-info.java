/** What would happen if something were lost, and rehearsing it. */
@NullMarked
package io.clusterdeck.views.drill;

import org.jspecify.annotations.NullMarked;
