package io.clusterdeck.ssh;

import java.io.InputStream;
import java.io.OutputStream;

/** A running shell that was started by {@link #COMMAND}: a local process, or an exec channel. */
interface Shell extends AutoCloseable {

    /**
     * All that a login shell, whichever it is, ever sees. Everything else comes over stdin; {@code read} takes it byte by
     * byte, where {@code head -c} of busybox takes more than it was told to.
     */
    String COMMAND = "exec /bin/sh -c 'IFS= read -r b; eval \"$b\"' clusterdeck";

    OutputStream in();

    InputStream out();

    InputStream err();

    /** Whether the way to it still stands; where it does not, nobody knows what became of the shell. */
    boolean connected();

    /** Ends stdin, which ends what runs in it, and lets go of it; does not wait. */
    @Override
    void close();
}
