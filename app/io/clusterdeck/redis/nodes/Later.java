package io.clusterdeck.redis.nodes;

/** Lines that a person may type, for something that is to be done after a while whatever becomes of the terminal by then. */
public final class Later {

    private Later() {}

    /**
     * Ends with the ampersand. A terminal that hangs up ends the jobs that were begun in it, which this one does not heed; and over SSH a
     * line is over when nobody holds its output any more.
     *
     * @param what commands, quoted as they are to be run
     */
    public static String line(String seconds, String what) {
        return "(trap '' HUP; sleep " + seconds + "; " + what + ") >/dev/null 2>&1 &";
    }
}
