/** What a cluster's nodes are set to: compared, searched, set. */
@NullMarked
package io.clusterdeck.views.config;

import org.jspecify.annotations.NullMarked;
