/** From a blueprint and fresh facts to the plan that builds, and its steps. */
@NullMarked
package io.clusterdeck.redis.build;

import org.jspecify.annotations.NullMarked;
