package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.Sample;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Why a node's process is not known: it is not said to run nowhere before all hosts were looked at. */
class UnmatchedTest {
    private final Unmatched unmatched = new Unmatched(h -> Optional.empty());

    private String why(Node node, boolean sought, HostSpec... hosts) {
        var spec = new ClusterSpec(
                "far", false, false, List.of(hosts), List.of(), ClusterSpec.Access.THROUGH_HOSTS, "", List.of());
        return unmatched.why(spec, node, sought).orElseThrow().what().key();
    }

    @Test
    void oneAtAnAddressThatIsNoHosts() {
        var node = Sample.orders().state().nodes().get(Sample.id(9000));
        var gate = HostSpec.of("192.0.2.1");
        assertEquals("adopt.unmatched.not-yet", why(node, false, gate));
        assertEquals("adopt.unmatched.no-host", why(node, true, gate));
        assertEquals("adopt.unmatched.no-host", why(node, false));
        var silent = Sample.orders()
                .contact(9000, new Contact.Unknown())
                .state()
                .nodes()
                .get(Sample.id(9000));
        assertEquals("adopt.unmatched.no-host", why(silent, false, gate));
    }
}
