package io.clusterdeck.redis.watch;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeInfo;
import io.clusterdeck.redis.model.Observer;
import java.util.Map;
import java.util.Optional;

/**
 * All that one address has told us, kept when it goes away.
 *
 * @param at the address that was asked
 * @param id who answers there, once known
 * @param cost the share of its thread that we take
 * @param tickMicros what one tick costs it
 */
record Sighting(
        NodeAddress at,
        Optional<NodeId> id,
        Contact contact,
        Optional<Observer> observer,
        Optional<NodeInfo> info,
        Map<String, String> refused,
        double cost,
        double tickMicros) {

    static Sighting none(NodeAddress at) {
        return new Sighting(
                at, Optional.empty(), new Contact.Unknown(), Optional.empty(), Optional.empty(), Map.of(), 0, 0);
    }

    boolean answers() {
        return contact instanceof Contact.Answers;
    }
}
