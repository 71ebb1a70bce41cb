/** Commands typed by a person: read, guarded, sent once, and followed where they are redirected. */
@NullMarked
package io.clusterdeck.redis.console;

import org.jspecify.annotations.NullMarked;
