package io.clusterdeck.cli;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Demo;
import io.clusterdeck.deck.Drafting;
import io.clusterdeck.deck.Forgotten;
import io.clusterdeck.deck.Found;
import io.clusterdeck.deck.OpenCluster;
import io.clusterdeck.deck.Search;
import io.clusterdeck.deck.paper.Papers;
import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Deeds;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Runs;
import io.clusterdeck.plan.Subscription;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Say;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A deck whose only offer is one plan, run for real and journaled. */
record OneOffer(Plan plan, Runs runs) implements Deck {

    OneOffer(Deeds deeds, Plan plan) {
        this(plan, new JournaledRuns(deeds, Deeds.kinds()));
    }

    @Override
    public Offer destroy(String cluster, boolean removeData) {
        return new Offer.Ready(plan, new Consent.Plain());
    }

    @Override
    public Offer build(Blueprint wish) {
        return destroy(wish.name(), false);
    }

    @Override
    public Drafting drafting() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ClusterSpec> clusters() {
        return List.of(new ClusterSpec(
                plan.on().name(), false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of()));
    }

    @Override
    public Subscription eachClusters(Consumer<List<ClusterSpec>> to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OpenCluster open(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Search search(Adoption wish, java.util.function.Consumer<Found> to) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Forgotten forget(String cluster) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Papers papers() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Demo demo() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Demo> leftoverDemos() {
        return List.of();
    }

    @Override
    public io.clusterdeck.deck.Archive archive() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Say> note() {
        return Optional.empty();
    }

    @Override
    public void close() {}
}
