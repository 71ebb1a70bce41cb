/** A private authority of ours and the certificates that it signs. */
@NullMarked
package io.clusterdeck.redis.tls;

import org.jspecify.annotations.NullMarked;
