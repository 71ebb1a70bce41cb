package io.clusterdeck.redis.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.clusterdeck.redis.RealRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lettuce has a way of its own with MULTI, which is kept out of ours. */
@Tag("local")
@Timeout(300)
class TransactionTest {
    private static final Duration SHORT = Duration.ofSeconds(2);

    @Test
    void aTransactionIsAnsweredAsTheServerAnswersIt() throws Exception {
        try (var redis = RealRedis.one();
                var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
                var link = links.act(redis.address())) {
            var ran = link.callAll(
                    SHORT,
                    List.of(
                            new String[] {"MULTI"},
                            new String[] {"INCR", "n"},
                            new String[] {"LRANGE", "none", "0", "-1"},
                            new String[] {"EXEC"}));
            assertEquals(new Reply.Text("QUEUED"), ran.get(1));
            assertEquals(new Reply.Many(List.of(new Reply.Number(1), new Reply.Many(List.of()))), ran.getLast());
            link.call("MULTI");
            assertInstanceOf(Reply.Refused.class, link.call("NO-SUCH"));
            assertEquals(
                    "EXECABORT",
                    assertInstanceOf(Reply.Refused.class, link.call("EXEC")).code());
            link.call("MULTI");
            assertEquals(new Reply.Text("OK"), link.call("DISCARD"));
        }
    }
}
