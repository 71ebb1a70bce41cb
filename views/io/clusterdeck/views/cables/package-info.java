/** The ways between the hosts of a cluster, as a matrix. */
@NullMarked
package io.clusterdeck.views.cables;

import org.jspecify.annotations.NullMarked;
