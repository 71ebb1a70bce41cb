/** Rehearsals: deliberate faults as plans, with a probe that measures what they cost and with everything put back afterwards. */
@NullMarked
package io.clusterdeck.redis.drill;

import org.jspecify.annotations.NullMarked;
