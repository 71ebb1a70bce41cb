package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.views.find.Found;
import io.clusterdeck.views.look.Theme;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be done to a cluster, a host or a node is found by its name. */
@Tag("window")
class ShellFindsTest {

    @Test
    void whatCanBeDoneIsFound() {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 980, 900, 1);
        Stagehand.fx(desk.model().finder()::open);
        for (var typed : List.of(
                "hand the masters back",
                "write what only the running",
                "take away what was built",
                "forget this cluster",
                "safe to do without h2",
                "kernel of h2",
                "safe to do without 9000",
                "end 9000 by term",
                "pause 9000 for 30",
                "give 9000 a log",
                "fail over to 9004 by force",
                "fail over to 9004 by takeover")) {
            var first = Stagehand.onFx(() -> desk.model().finder().find(typed).getFirst());
            assertEquals(Found.Kind.ACTION, first.kind(), typed);
            assertTrue(first.title().toLowerCase(Locale.ROOT).contains(typed), first.title());
        }
        Stagehand.fx(desk.model()::close);
    }
}
