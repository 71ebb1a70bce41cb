/** Find anything: clusters, hosts, nodes, pages, settings and actions by a few letters of their names. */
@NullMarked
package io.clusterdeck.views.find;

import org.jspecify.annotations.NullMarked;
