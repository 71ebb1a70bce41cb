package io.clusterdeck.redis.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Say;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration TICK = Duration.ofMillis(100);
    private static final Contact GONE = new Contact.Gone(Instant.EPOCH, Say.of("link.refused"));

    @Test
    void oneThatIsNotThereIsLookedForLessAndLessOften() {
        var patience = new Patience();
        assertEquals(
                List.of(100L, 200L, 400L, 800L, 1600L, 2000L, 2000L),
                Stream.generate(() -> patience.next(GONE, TICK).toMillis())
                        .limit(7)
                        .toList());
        assertTrue(patience.waits());
        assertEquals(TICK, patience.next(new Contact.Answers(Instant.EPOCH, 1), TICK));
        assertFalse(patience.waits());
        assertEquals(TICK, patience.next(GONE, TICK), "patience begins anew");
    }

    @Test
    void neverMoreOftenThanTheTickOfALargeCluster() {
        var patience = new Patience();
        var slow = Duration.ofSeconds(3);
        assertEquals(slow, patience.next(GONE, slow));
        assertEquals(slow, patience.next(GONE, slow));
    }

    @Test
    void oneThatDidNotAnswerInTimeIsGivenMoreOfIt() {
        var patience = new Patience();
        assertEquals(
                List.of(1L, 2L, 4L, 5L, 5L),
                Stream.generate(() -> {
                            var seconds = patience.answer().toSeconds();
                            patience.next(new Contact.Silent(Instant.EPOCH), TICK);
                            return seconds;
                        })
                        .limit(5)
                        .toList());
        patience.next(new Contact.Answers(Instant.EPOCH, 1), TICK);
        assertEquals(Duration.ofSeconds(1), patience.answer());
    }
}
