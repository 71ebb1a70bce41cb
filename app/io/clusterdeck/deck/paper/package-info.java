/** What leaves this computer on paper or as a file for people: the audit, rescue cards, lines to type by hand, the bundle for support. Never a secret. */
@NullMarked
package io.clusterdeck.deck.paper;

import org.jspecify.annotations.NullMarked;
