package io.clusterdeck.cli;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Questions;
import io.clusterdeck.say.Failure;

/** Opens the deck that the words work on. */
@FunctionalInterface
public interface Opening {

    /** @param person who is asked for passwords and fingerprints */
    Deck open(Questions person) throws Failure;
}
