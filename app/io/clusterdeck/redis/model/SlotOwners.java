package io.clusterdeck.redis.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Whose each of the 16,384 slots is, whether or not that master is there. */
public final class SlotOwners {

    private final List<NodeId> masters;
    private final short[] owner;

    /** @param owner for each slot an index into {@code masters}, or −1 */
    public SlotOwners(List<NodeId> masters, short[] owner) {
        if (owner.length != SlotRange.SLOTS) {
            throw new IllegalArgumentException("slots: " + owner.length);
        }
        this.masters = List.copyOf(masters);
        this.owner = owner.clone();
    }

    public static SlotOwners none() {
        var owner = new short[SlotRange.SLOTS];
        java.util.Arrays.fill(owner, (short) -1);
        return new SlotOwners(List.of(), owner);
    }

    public Optional<NodeId> of(int slot) {
        int index = owner[slot];
        return index < 0 ? Optional.empty() : Optional.of(masters.get(index));
    }

    /** The index into {@link #masters()} of a slot's owner, −1 for none: what a painter wants. */
    public int index(int slot) {
        return owner[slot];
    }

    public List<NodeId> masters() {
        return masters;
    }

    /** How many have an owner. */
    public int covered() {
        return count(master -> true);
    }

    /** How many have one of these owners. */
    int count(Predicate<NodeId> whose) {
        var counts = new boolean[masters.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = whose.test(masters.get(i));
        }
        int n = 0;
        for (short o : owner) {
            if (o >= 0 && counts[o]) {
                n++;
            }
        }
        return n;
    }

    /** The run of slots with the same owner around a slot. */
    public SlotRange around(int slot) {
        int from = slot;
        int to = slot;
        while (from > 0 && owner[from - 1] == owner[slot]) {
            from--;
        }
        while (to < SlotRange.SLOTS - 1 && owner[to + 1] == owner[slot]) {
            to++;
        }
        return new SlotRange(from, to);
    }
}
