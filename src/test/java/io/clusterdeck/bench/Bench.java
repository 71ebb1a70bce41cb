package io.clusterdeck.bench;

import java.util.List;

/** Something that is measured beside its rival. Whatever it starts, it ends. */
public interface Bench {

    /** What it is asked for by: {@code ./bench NAME}. */
    String name();

    /** What it needs and does not have here, in a few words; empty when it can run. */
    default String lacks() {
        return "";
    }

    List<Row> measure() throws Exception;
}
