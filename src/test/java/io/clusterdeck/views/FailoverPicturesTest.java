package io.clusterdeck.views;

import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.failover.FailoverView;
import io.clusterdeck.views.look.Theme;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link PicturesTest}, of the failover page. */
@Tag("window")
class FailoverPicturesTest {

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void failover(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "failover", theme, language, Samples.failedOver(), s -> failovers(s, FailoverView.Sight.TIMELINE));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void failoverLesson(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "failover-lesson", theme, language, Samples.healthy(), s -> failovers(s, FailoverView.Sight.LESSON));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void failoverList(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "failover-all", theme, language, Samples.healthy(), s -> failovers(s, FailoverView.Sight.ALL));
    }

    private static void failovers(PicturesTest.Set set, FailoverView.Sight sight) {
        set.cluster().turnTo(Tab.FAILOVER);
        ((FailoverView) set.cluster().page()).sights().chosenProperty().set(sight);
    }
}
