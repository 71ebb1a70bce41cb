package io.clusterdeck.views.wizard;

import java.util.Map;

/** What one page knows of a blueprint. FX thread. */
interface Part {
    /** Fills itself from a blueprint's keys and values, whole or not. */
    void read(Map<String, Object> tree);

    /** Adds its keys and values. */
    void write(Map<String, Object> tree);

    /** Keeps, or takes up again, what was entered and is not part of the blueprint now: the folder of a source that was not chosen. */
    default void keepAside(Map<String, Object> aside) {}

    default void readAside(Map<String, Object> aside) {}
}
