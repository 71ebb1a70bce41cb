package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.ssh.HostSpec;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hosts looked at side by side. */
@Timeout(300)
class LookoutsTest {

    private final List<HostSpec> hosts = List.of(HostSpec.parse("h1"), HostSpec.parse("h2"));
    private final ConcurrentLinkedQueue<String> began = new ConcurrentLinkedQueue<>();
    private final CountDownLatch answers = new CountDownLatch(1);

    private void look(HostSpec host) throws InterruptedException {
        began.add(host.name().value());
        if (host.name().value().equals("h2")) {
            answers.await();
        }
    }

    /** A host that crashed is not found out before a connection to it has been tried for long: nobody else waits for that. */
    @Test
    void oneThatIsAwayIsNotWaitedForNorLookedAtTwiceAtATime() throws Exception {
        try (var lookouts = new Lookouts("carts")) {
            lookouts.at(hosts, this::look, h -> h.name().value().equals("h2"));
            lookouts.at(hosts, this::look, h -> h.name().value().equals("h2"));
            assertEquals(List.of("h1", "h1", "h2"), began.stream().sorted().toList());
            answers.countDown();
            Awaitility.await().until(() -> {
                lookouts.at(hosts, this::look, h -> false);
                return began.stream().filter("h2"::equals).count() > 1;
            });
        }
    }

    /** One whose nodes are merely stopped is up, and what is found there belongs to the first answer. */
    @Test
    void oneThatOnlySeemsAwayIsSeen() throws Exception {
        answers.countDown();
        var seen = new ConcurrentLinkedQueue<String>();
        try (var lookouts = new Lookouts("carts")) {
            lookouts.at(
                    hosts,
                    host -> {
                        look(host);
                        seen.add(host.name().value());
                    },
                    h -> true);
            assertEquals(List.of("h1", "h2"), seen.stream().sorted().toList());
        }
    }

    /** However soon it comes: a look that fails at once would come to nothing, again and again, and nobody knew. */
    @Test
    void aMistakeIsNoEndOfALook() throws Exception {
        try (var lookouts = new Lookouts("carts")) {
            for (int i = 0; i < 20; i++) {
                assertThrows(
                        IllegalStateException.class,
                        () -> lookouts.at(
                                hosts,
                                host -> {
                                    throw new IllegalArgumentException("a mistake");
                                },
                                h -> false));
            }
        }
    }

    /** The window is closed in the middle of a look: that is no mistake of ours. */
    @Test
    void whoIsClosedMeanwhileIsInterrupted() throws Exception {
        var lookouts = new Lookouts("carts");
        var closer = Thread.ofVirtual().start(() -> {
            Awaitility.await().until(() -> began.size() == 2);
            lookouts.close();
        });
        assertThrows(InterruptedException.class, () -> lookouts.at(hosts, this::look, h -> false));
        assertThrows(InterruptedException.class, () -> lookouts.at(hosts, this::look, h -> false));
        closer.join();
    }
}
