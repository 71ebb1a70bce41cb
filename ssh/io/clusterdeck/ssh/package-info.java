/** Hosts and what may be done on them: sign in, run, follow, copy, reach. Knows no Redis, no MySQL, no JavaFX. */
@NullMarked
package io.clusterdeck.ssh;

import org.jspecify.annotations.NullMarked;
