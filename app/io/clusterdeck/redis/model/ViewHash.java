package io.clusterdeck.redis.model;

/**
 * A hash of what a CLUSTER NODES reply <em>says</em>: the same for two replies that differ only in the order of their lines, in ping and
 * pong times, or in who is {@code myself}. Cheap enough to take of every reply, so that only those that say something new are parsed.
 */
public final class ViewHash {

    private static final String MYSELF = "myself,";

    private ViewHash() {}

    public static long of(String reply) {
        long sum = 0;
        int at = 0;
        while (at < reply.length()) {
            int end = reply.indexOf('\n', at);
            if (end < 0) {
                end = reply.length();
            }
            sum += line(reply, at, end);
            at = end + 1;
        }
        return sum;
    }

    private static long line(String reply, int from, int end) {
        long hash = 0xcbf29ce484222325L;
        int word = 0;
        for (int i = from; i < end; i++) {
            char c = reply.charAt(i);
            if (c == ' ') {
                word++;
                if (word == 2 && reply.startsWith(MYSELF, i + 1)) {
                    i += MYSELF.length();
                    c = ' ';
                }
            }
            // words 4 and 5: ping sent, pong received
            if (word != 4 && word != 5) {
                hash = (hash ^ c) * 0x100000001b3L;
            }
        }
        // mixed, since lines are added up
        hash = (hash ^ (hash >>> 32)) * 0x9e3779b97f4a7c15L;
        return hash ^ (hash >>> 29);
    }
}
