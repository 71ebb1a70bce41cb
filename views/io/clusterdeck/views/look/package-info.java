/** Language, theme, fonts: what every view is built with. */
@NullMarked
package io.clusterdeck.views.look;

import org.jspecify.annotations.NullMarked;
