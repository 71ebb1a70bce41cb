package io.clusterdeck.views;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Drafting;

/** The parts of a made-up deck that are made up elsewhere. */
public abstract class SampleParts implements Deck {
    final SampleArchive archive = new SampleArchive();
    public final SampleDrafting drafting = new SampleDrafting();

    @Override
    public Archive archive() {
        return archive;
    }

    @Override
    public Drafting drafting() {
        return drafting;
    }
}
