package io.clusterdeck;

/** Which of the JVMs that share a run of the tests this one is: what they would quarrel about (ports, labs) bears its number. */
public final class Fork {

    /** From 1 on, as Surefire counts. */
    public static final int NUMBER = Integer.getInteger("fork", 1);

    private Fork() {}
}
