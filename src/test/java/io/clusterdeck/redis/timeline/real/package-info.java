/** What real servers do, as they themselves say: told by sockets and log lines that are read here, and by nothing of the product. */
@org.jspecify.annotations.NullMarked
package io.clusterdeck.redis.timeline.real;
