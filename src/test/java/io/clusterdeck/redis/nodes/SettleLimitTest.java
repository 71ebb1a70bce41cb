package io.clusterdeck.redis.nodes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster that is busy is waited for as long as its elections take, whatever its node-timeout. */
class SettleLimitTest {

    @ParameterizedTest
    @ValueSource(longs = {1_000, 5_000, 15_000, 60_000})
    void aThirdElectionIsWaitedFor(long nodeTimeout) {
        var terms = new Terms(nodeTimeout, true, 10, 10);
        // clusterHandleSlaveFailover: a lost one is repeated after 2 × auth_timeout, which is 2 × node-timeout and 2 s
        // at least
        long third = nodeTimeout + nodeTimeout / 2 + 2_000 + 2 * 2 * Math.max(2 * nodeTimeout, 2_000);
        assertTrue(Settle.limit(Settle.Until.TAKEN_OVER, terms) > third);
    }
}
