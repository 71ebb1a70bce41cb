package io.clusterdeck.plan;

/** Who works here. */
public final class Operator {

    private Operator() {}

    /** The account and computer, {@code ops@deck1}. */
    public static String name() {
        return Holder.SELF.user() + "@" + Holder.SELF.computer();
    }
}
