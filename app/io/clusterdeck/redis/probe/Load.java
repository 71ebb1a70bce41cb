package io.clusterdeck.redis.probe;

/**
 * What other clients do while a drill is measured, and no more than that.
 *
 * @param rate commands a second, all connections together; half of them write
 * @param clients connections through each shard
 * @param seconds after which it ends, whatever becomes of the drill
 */
public record Load(int rate, int clients, int seconds) {
    /** For a drill that wants one and does not say which. */
    public static final Load USUAL = new Load(400, 2, 120);

    public static final int FASTEST = 5_000;
    public static final int MOST_CLIENTS = 8;
    public static final int LONGEST = 600;

    /** How many commands it is at most. */
    public long most() {
        return (long) rate * seconds;
    }

    /** How many keys it has at most. */
    public int keys(int shards) {
        return clients * Math.min(shards, Loading.SHARDS) * Loading.KEYS;
    }

    /** As {@link #text} writes it. */
    public static Load of(String text) {
        var numbers = text.split(" ", -1);
        return new Load(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));
    }

    public String text() {
        return rate + " " + clients + " " + seconds;
    }
}
