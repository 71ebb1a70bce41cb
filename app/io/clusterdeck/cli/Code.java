package io.clusterdeck.cli;

/** Exit codes. */
final class Code {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;
    static final int UNKNOWN = 3;

    private Code() {}
}
