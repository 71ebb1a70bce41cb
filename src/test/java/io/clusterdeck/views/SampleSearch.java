package io.clusterdeck.views;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Found;
import io.clusterdeck.deck.Search;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.ssh.HostSpec;
import java.util.function.Consumer;

/** A search that has found what the test says. */
final class SampleSearch implements Search {
    private final Adoption wish;
    private final Found found;
    private final Runnable keeping;

    SampleSearch(Adoption wish, Consumer<Found> to, Found found, Runnable keeping) {
        this.keeping = keeping;
        this.wish = wish;
        this.found = found;
        to.accept(found);
    }

    @Override
    public Found now() {
        return found;
    }

    @Override
    public void signIn(HostSpec how) {}

    @Override
    public Adopted keep(String name) {
        keeping.run();
        var spec = new ClusterSpec(
                name,
                false,
                false,
                wish.hosts(),
                java.util.List.of(wish.seed()),
                wish.access(),
                "",
                java.util.List.of());
        return new Adopted(spec, found);
    }

    @Override
    public void close() {}
}
