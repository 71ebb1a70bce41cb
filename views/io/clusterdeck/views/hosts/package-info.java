/** One host: what it is, what runs there, and whether it may be away. */
@NullMarked
package io.clusterdeck.views.hosts;

import org.jspecify.annotations.NullMarked;
