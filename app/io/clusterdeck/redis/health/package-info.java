/** The one list of rules that says what is wrong, with evidence and the next action. */
@NullMarked
package io.clusterdeck.redis.health;

import org.jspecify.annotations.NullMarked;
