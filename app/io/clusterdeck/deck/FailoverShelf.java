package io.clusterdeck.deck;

import io.clusterdeck.redis.timeline.Shelf;
import io.clusterdeck.say.Failure;
import io.clusterdeck.store.Records;
import java.util.List;

/** Failovers in a cluster's home. */
record FailoverShelf(Records records) implements Shelf {

    @Override
    public void keep(String name, String json) throws Failure {
        records.keep(name, json);
    }

    @Override
    public void alone(Work work) throws Failure {
        records.alone(work::run);
    }

    @Override
    public List<String> names() throws Failure {
        return records.names();
    }

    @Override
    public String read(String name) throws Failure {
        return records.read(name);
    }

    @Override
    public String place(String name) {
        return records.file(name).toString();
    }
}
