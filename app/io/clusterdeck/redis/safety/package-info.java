/** Is it safe to do without a host or a node now? A pure judgement, and the plan that makes it so. */
@NullMarked
package io.clusterdeck.redis.safety;

import org.jspecify.annotations.NullMarked;
