package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.drill.DrillReader;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.probe.Probe;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.drill.Part;
import io.clusterdeck.views.drill.RehearseView;
import io.clusterdeck.views.look.Theme;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of rehearsals in both themes and languages. */
@Tag("window")
class RehearsePicturesTest {
    private static RehearseView turned(PicturesTest.Set set, Part part) {
        set.cluster().turnTo(Tab.REHEARSE);
        var view = (RehearseView) set.cluster().page();
        view.turnTo(part);
        return view;
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void weakest(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "rehearse-weakest", theme, language, Samples.healthy(), s -> turned(s, Part.WEAKEST), s -> {
                    s.scene().getRoot().applyCss();
                    s.scene().getRoot().layout();
                    var table = (TableView<?>) s.scene().lookup("#weakest-table");
                    if (table.getItems().isEmpty() || table.getWidth() == 0) {
                        return false;
                    }
                    double columns = table.getColumns().stream()
                            .mapToDouble(c -> c.getWidth())
                            .sum();
                    assertEquals(8, table.getColumns().size());
                    assertTrue(
                            columns <= table.getWidth(),
                            columns + " of " + table.getWidth() + " pixels: one is cut off");
                    return true;
                });
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void library(Theme theme, String language) throws IOException {
        PicturesTest.picture("rehearse-drills", theme, language, Samples.healthy(), s -> turned(s, Part.LIBRARY));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void own(Theme theme, String language) throws IOException {
        var good = (DrillReader.Reading.Good) DrillReader.read("d.yaml", """
            name: rack-a
            about: As asked in the last review.
            faults: [cut: {host: h1}, kill: {shard: 2, role: replica}]
            """);
        PicturesTest.picture(
                "rehearse-own",
                theme,
                language,
                Samples.healthy(),
                s -> turned(s, Part.LIBRARY).library().add(good.drill()));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void results(Theme theme, String language) throws IOException {
        PicturesTest.picture("rehearse-results", theme, language, Samples.healthy(), s -> turned(s, Part.RESULTS));
    }

    @ParameterizedTest
    @CsvSource({"DARK,en"})
    void measuring(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "rehearse-measuring",
                theme,
                language,
                Samples.healthy(),
                s -> turned(s, Part.LIBRARY)
                        .measuring()
                        .paint(new Probe.Now(24_300, List.of(shard(0), shard(1), shard(2)), List.of())));
    }

    /** The first shard has lost its master 4.8 s ago, the others refused for a moment. */
    private static Probe.ShardNow shard(int n) {
        var writes = IntStream.range(0, 240)
                .mapToDouble(i -> n == 0 && i > 191 || n > 0 && i > 215 && i < 224 ? 0 : 5)
                .toArray();
        return new Probe.ShardNow(
                new NodeAddress("10.20.0.17" + n, 9000),
                writes,
                writes,
                n == 0 ? 4_800 : 14,
                n == 0 ? 4_800 : 780,
                962);
    }
}
