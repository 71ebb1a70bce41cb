/** One cluster's page: header, tabs, inspector, events. */
@NullMarked
package io.clusterdeck.views.cluster;

import org.jspecify.annotations.NullMarked;
