package io.clusterdeck.views.parts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "1.2, 2", "3, 5", "2.3, 2.5", "55300, 100000", "99, 100", "0.3, 0.5"})
    void theScaleEndsOnARoundNumber(double most, double top) {
        assertEquals(top, Curve.top(new double[] {Double.NaN, most, 0}), 1e-9);
    }
}
