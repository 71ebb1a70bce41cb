package io.clusterdeck.ssh;

import java.util.Arrays;

/** A password or passphrase; never printed, never compared in a log. */
public final class Secret {

    private final char[] value;

    public Secret(char[] value) {
        this.value = value.clone();
    }

    public static Secret of(String value) {
        return new Secret(value.toCharArray());
    }

    /** The clear text; callers let go of it as soon as they can. */
    public String reveal() {
        return new String(value);
    }

    /** The same for a script, to which it is sent as a line; fails with IllegalArgumentException where it is more than one. */
    String line() {
        var clear = reveal();
        if (clear.indexOf('\n') >= 0 || clear.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a secret for a script is one line");
        }
        return clear;
    }

    public boolean isEmpty() {
        return value.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret s && Arrays.equals(value, s.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "•••";
    }
}
