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
            gaps.failed(at, at, true);
        }
        gaps.worked(2_000, 0);
        assertEquals(List.of(new Gap(20, 2_000, 0)), gaps.until(2_001));
    }

    @Test
    void aProbeThatStoodStillSaysSo() {
        gaps.worked(20, 0);
        stalls.stood(40, 1_320);
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
        stalls.stood(20, 70);
        gaps.failed(70, 71, true);
        stalls.stood(90, 590);
        gaps.failed(591, 600, true);
        stalls.stood(620, 650);
        gaps.worked(651, 0);
        assertEquals(List.of(new Gap(0, 651, 80)), gaps.until(652));
        assertEquals(571, gaps.until(652).getFirst().sure());
    }

    /** A write to a master that hands over is held there; meanwhile its heir may serve. */
    @Test
    void whoWaitsForOneAnswerKnowsNothingOfTheOthers() {
        gaps.worked(0, 0);
        gaps.failed(20, 320, false);
        gaps.worked(340, 0);
        assertEquals(List.of(new Gap(0, 340, 300)), gaps.until(341));
    }

    /** A node that hangs keeps silent once, then it can't be connected to. */
    @Test
    void anAnswerWaitedForAtTheBeginningIsTheClusters() {
        gaps.worked(0, 0);
        gaps.failed(20, 320, false);
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
        gaps.failed(20, 320, false);
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
        gaps.failed(20, 320, false);
        gaps.cameLate();
        gaps.worked(350, 0);
        assertEquals(List.of(new Gap(0, 350, 0)), gaps.until(351));
    }

    /** On a computer with too much to do the answer may have been there all the while, unread. */
    @Test
    void anAnswerThatCameLateToWhoStoodStillWasLateForItself() {
        gaps.worked(0, 0);
        gaps.failed(20, 320, false);
        stalls.stood(30, 700);
        gaps.failed(710, 720, false);
        gaps.cameLate();
        gaps.worked(730, 0);
        assertEquals(List.of(new Gap(0, 730, 670)), gaps.until(731));
    }

    /** The refusal may be from the end of the time that it was waited for, and from the beginning of that the next time. */
    @Test
    void standingStillWhileAnAnswerIsUnderWayCounts() {
        gaps.worked(0, 0);
        stalls.stood(25, 220);
        gaps.failed(20, 221, true);
        stalls.stood(400, 500);
        stalls.stood(605, 800);
        gaps.failed(600, 801, true);
        gaps.worked(830, 0);
        assertEquals(List.of(new Gap(0, 830, 390)), gaps.until(831));
    }

    @Test
    void severalThreadsThatStandStillAtOnceCountOnce() {
        stalls.stood(10, 60);
        stalls.stood(30, 70);
        stalls.stood(5, 80);
        gaps.worked(0, 0);
        gaps.worked(120, 0);
        assertEquals(List.of(new Gap(0, 120, 75)), gaps.until(121));
    }
}
