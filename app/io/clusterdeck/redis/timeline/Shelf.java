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

    /** Where the document of that name lies, as a person would find it. */
    default String place(String name) {
        return name;
    }
}
