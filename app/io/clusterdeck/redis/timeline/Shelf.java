package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Failure;
import java.util.List;

/** Where failovers are kept, as JSON documents by name; may block. */
public interface Shelf {

    /** Replaces what has that name. */
    void keep(String name, String json) throws Failure;

    /** All names. */
    List<String> names() throws Failure;

    String read(String name) throws Failure;

    /** Something that is done with it. */
    interface Work {
        void run() throws Failure;
    }

    /** Does it while nobody else, in this process or another, does so with the same shelf. */
    default void alone(Work work) throws Failure {
        synchronized (this) {
            work.run();
        }
    }

    /** Where the document of that name lies, as a person would find it. */
    default String place(String name) {
        return name;
    }
}
