package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.views.DeskPicturesTest.Desk;
import io.clusterdeck.views.find.Found;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be done to a cluster, a host or a node is found by its name. */
@Tag("window")
class ShellFindsTest {

    private final Desk desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 980, 900, 1);

    @AfterEach
    void close() {
        Stagehand.fx(desk.model()::close);
    }

    @Test
    void whatCanBeDoneIsFound() {
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
    }

    @Test
    void whatIsOpenedStandsInTheWindow() {
        open("open a console on 9004");
        var console = desk.scene().lookup("#console-node");
        assertEquals(Sample.id(9004), ((ComboBox<?>) console).getValue());

        open("change password");
        assertTrue(desk.scene().lookup("#config-password").isVisible());

        open("rehearse: cut a host off, both");
        var drills = (ListView<?>) desk.scene().lookup("#drills-list");
        assertEquals("cut-host", ((Drill) drills.getSelectionModel().getSelectedItem()).name());

        open("follow the log of 9004");
        assertTrue(desk.scene().lookup("#log").isVisible());
    }

    @Test
    void doorsAreFound() {
        for (var typed :
                List.of("import a snapshot", "support bundle", "weakest points", "adopt a cluster", "drills")) {
            assertTrue(first(typed).title().toLowerCase(Locale.ROOT).contains(typed), typed);
        }
    }

    /** One that has no name yet is told as at the left. */
    @Test
    void draftsAreFound() {
        for (var name : List.of("wares", "")) {
            desk.turn(d -> {
                d.model().build();
                d.scene().getRoot().applyCss();
                var field = (TextInputControl) d.scene().lookup("#wizard-name");
                field.setText("begun"); // from its first entry on it is kept
                field.setText(name);
            });
            var typed = name.isEmpty() ? "not named yet" : name;
            await().until(() -> Stagehand.onFx(() -> {
                desk.model().finder().open();
                return desk.model().finder().find(typed).stream()
                        .anyMatch(f -> f.title().equals(typed));
            }));
            open("audit");
            open(typed);
            assertTrue(Stagehand.onFx(() -> desk.model().pageProperty().get()) instanceof Page.Draft, typed);
        }
    }

    private Found first(String typed) {
        return Stagehand.onFx(() -> {
            desk.model().finder().open();
            return desk.model().finder().find(typed).getFirst();
        });
    }

    private void open(String typed) {
        var found = first(typed);
        assertEquals(Optional.empty(), found.off(), typed);
        desk.turn(d -> {
            d.model().finder().close();
            found.open().run();
        });
    }
}
