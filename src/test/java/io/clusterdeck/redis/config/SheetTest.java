package io.clusterdeck.redis.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.config.Sheet.Cell;
import io.clusterdeck.redis.config.Sheet.Nature;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.words.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is said of a sheet as a whole. */
class SheetTest {

    private static Row row(boolean drifts, boolean unkept) {
        var cell = new Cell(Optional.of("1"), Optional.of("2"), Optional.empty(), unkept);
        return new Row("hz", Nature.SETTABLE, Map.of(new NodeId("m1"), cell), drifts);
    }

    private static String said(int drifting, int unkept) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < drifting; i++) {
            rows.add(row(true, false));
        }
        for (int i = 0; i < unkept; i++) {
            rows.add(row(false, true));
        }
        var sheet = new Sheet(Instant.EPOCH, List.of(), rows, Map.of(), Map.of());
        return Words.in(Locale.ENGLISH).say(sheet.differences("config.view.differ."));
    }

    @Test
    void onlyWhatThereIsIsCounted() {
        assertEquals("All nodes are set alike, and their files say what runs.", said(0, 0));
        assertEquals("1 directive differs between nodes.", said(1, 0));
        assertEquals("A restart would change 1 directive (*).", said(0, 1));
        assertEquals("2 directives differ between nodes; a restart would change 1 (*).", said(2, 1));
    }
}
