package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.words.Words;
import java.util.function.Function;

/** Says of a slot who owns it, within which range, and where it is going. */
public final class SlotWords {
    private SlotWords() {}

    /** How many are served, and how many have an owner where these are more. */
    public static String served(Words words, Tally tally) {
        return words.say(
                tally.served() == tally.owned() ? "views.slots.served" : "views.slots.served.owned",
                "served",
                tally.served(),
                "all",
                SlotRange.SLOTS,
                "owned",
                tally.owned());
    }

    public static String of(Words words, ClusterState state, int slot, Function<NodeId, String> name) {
        var owner = state.owners().of(slot);
        var range = state.owners().around(slot);
        if (owner.isEmpty()) {
            return words.say("views.slot.nobody", "slot", slot, "range", range);
        }
        var going = state.node(owner.get()).map(n -> n.migrating().get(slot));
        return going.isPresent()
                ? words.say(
                        "views.slot.moving",
                        "slot",
                        slot,
                        "node",
                        name.apply(owner.get()),
                        "to",
                        name.apply(going.get()))
                : words.say("views.slot.owner", "slot", slot, "node", name.apply(owner.get()), "range", range);
    }
}
