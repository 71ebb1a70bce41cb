package io.clusterdeck.report;

import java.util.Locale;

/** The colours by what they are for; the values lie in the style sheets {@code tokens-light.css} and {@code tokens-dark.css}. */
public enum Ink {
    BG,
    SUB,
    INSET,
    LINE,
    LINE2,
    FG,
    MUT,
    ACC,
    ACC_SUB,
    OK,
    OK_SUB,
    WARN,
    WARN_SUB,
    BAD,
    BAD_SUB,
    ON_ACC,
    S1,
    S2,
    S3,
    S4,
    S5,
    S6,
    /** Nothing is painted. */
    NONE;

    private static final int SHARDS = 6;

    /** Of the nth shard, from 0; further shards begin again with the first. */
    public static Ink shard(int n) {
        return n < 0 ? LINE : values()[S1.ordinal() + n % SHARDS];
    }

    /** Its name in the style sheets. */
    public String token() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
