package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.shell.Page;
import java.time.Instant;
import javafx.css.PseudoClass;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The hosts at the left: one entry for a machine, however many clusters have nodes on it. */
@Tag("window")
class NavHostsTest {
    private static final PseudoClass ON = PseudoClass.getPseudoClass("on");

    @Test
    void aMachineOfTwoClustersIsAsWellAsTheWorstOfBoth() {
        var desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 1440, 900, 1);
        try {
            assertEquals(Glyph.Kind.OK, glyph(desk));
            desk.deck()
                    .show(
                            "sessions",
                            new Sample("sessions")
                                    .master(7000, 1, new SlotRange(0, 16_383), 1, 1, 1)
                                    .contact(7000, new Contact.Silent(Instant.EPOCH))
                                    .state());
            await().until(() -> glyph(desk) == Glyph.Kind.WARN);
            Stagehand.fx(() -> desk.model().pageProperty().set(new Page.Host("sessions", "h1")));
            assertEquals(
                    true,
                    Stagehand.onFx(() -> desk.scene()
                            .lookup("#nav-host-h1")
                            .getPseudoClassStates()
                            .contains(ON)));
        } finally {
            Stagehand.fx(() -> desk.model().close());
        }
    }

    private static Glyph.Kind glyph(DeskPicturesTest.Desk desk) {
        return Stagehand.onFx(() -> {
            desk.scene().getRoot().applyCss();
            return ((Glyph) desk.scene().lookup("#nav-host-h1 .glyph")).kind();
        });
    }
}
