/** Small controls that several views share; they know how to look, not what they show. */
@NullMarked
package io.clusterdeck.views.parts;

import org.jspecify.annotations.NullMarked;
