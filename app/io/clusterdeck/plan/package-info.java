/** A change as data: Plan, Stage, Step; the runner, its journal, resume, cancel, the lease. */
@NullMarked
package io.clusterdeck.plan;

import org.jspecify.annotations.NullMarked;
