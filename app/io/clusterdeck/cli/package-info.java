/** The command line. */
@NullMarked
package io.clusterdeck.cli;

import org.jspecify.annotations.NullMarked;
