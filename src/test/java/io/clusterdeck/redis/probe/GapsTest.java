package io.clusterdeck.redis.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.probe.Gaps.Gap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What of a time without answers is the cluster's doing, and what the probe's own. */
class GapsTest {
    private final Stalls stalls = new Stalls(() -> 0);
    private final Gaps gaps = new Gaps(0, stalls, Gaps.SHORTEST);

    @AfterEach
    void end() {
        stalls.close();
    }

    @Test
    void whatFailsAllTheTimeIsTheClusters() {
        gaps.worked(20, 0);
        for (int at = 40; at < 2_000; at += 20) {
            gaps.failed(at, at);
        }
        gaps.worked(2_000, 0);
        assertEquals(List.of(new Gap(20, 2_000, 0)), gaps.until(2_001));
    }

    @Test
    void aProbeThatStoodStillSaysSo() {
        gaps.worked(20, 0);
        gaps.late(1_280);
        gaps.worked(1_320, 0);
        stalls.stood(2_000, 2_900);
        gaps.worked(2_000, 0);
        gaps.worked(2_910, 0);
        assertEquals(
                List.of(new Gap(20, 1_320, 1_280), new Gap(1_320, 2_000, 0), new Gap(2_000, 2_910, 900)),
                gaps.until(2_911));
    }

    /** Before the first failure and after the last one nothing was tried; between them it did not work, however late it was tried. */
    @Test
    void standingStillCountsAtTheEndsOnly() {
        gaps.worked(0, 0);
        gaps.late(50);
        gaps.failed(70, 71);
        gaps.late(500);
        stalls.stood(90, 590);
        gaps.failed(591, 600);
        gaps.late(30);
        gaps.worked(651, 0);
        assertEquals(List.of(new Gap(0, 651, 89)), gaps.until(652));
        assertEquals(562, gaps.until(652).getFirst().sure());
    }

    /** A write to a master that hands over is held there; meanwhile its heir may serve. */
    @Test
    void whoWaitsForOneAnswerKnowsNothingOfTheOthers() {
        gaps.worked(0, 0);
        gaps.failed(20, 320);
        gaps.worked(340, 0);
        assertEquals(List.of(new Gap(0, 340, 300)), gaps.until(341));
    }

    /** A node that hangs keeps silent once, then it can't be connected to. */
    @Test
    void anAnswerWaitedForAtTheBeginningIsTheClusters() {
        gaps.worked(0, 0);
        gaps.failed(20, 320);
        for (int at = 340; at < 2_000; at += 20) {
            gaps.unasked(at);
        }
        gaps.worked(2_000, 0);
        assertEquals(List.of(new Gap(0, 2_000, 0)), gaps.until(2_001));
    }

    /** Whose connection had broken is asked again only after a while, and may have served before. */
    @Test
    void whoPutOffConnectingKnowsNothingMeanwhile() {
        gaps.worked(0, 0);
        gaps.failed(20, 320);
        for (int at = 340; at < 1_140; at += 20) {
            gaps.unasked(at);
        }
        gaps.worked(1_150, 810);
        assertEquals(List.of(new Gap(0, 1_150, 810)), gaps.until(1_151));
    }

    /** The node that was waited for answers after all: meanwhile it served nobody. */
    @Test
    void anAnswerThatCameLateTookTheClusterSoLong() {
        gaps.worked(0, 0);
        gaps.failed(20, 320);
        gaps.cameLate();
        gaps.worked(350, 0);
        assertEquals(List.of(new Gap(0, 350, 0)), gaps.until(351));
    }
}
