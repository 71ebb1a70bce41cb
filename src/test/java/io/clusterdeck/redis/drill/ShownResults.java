package io.clusterdeck.redis.drill;

import io.clusterdeck.say.Failure;
import java.util.List;

/** What a page of results shows that reads them whenever it is told to. */
final class ShownResults implements AutoCloseable {
    private final DrillOperations drills;
    private final AutoCloseable subscription;
    private volatile List<String> ids = List.of();

    ShownResults(DrillOperations drills) {
        this.drills = drills;
        this.subscription = drills.live().each(now -> read());
    }

    private void read() {
        try {
            ids = drills.results().all().stream().map(DrillResult::id).toList();
        } catch (Failure unread) {
            throw new AssertionError(unread);
        }
    }

    boolean has(String id) {
        return ids.contains(id);
    }

    @Override
    public void close() throws Exception {
        subscription.close();
    }
}
