package io.clusterdeck.views.wizard;

import static org.awaitility.Awaitility.await;

import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.look.Theme;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the wizard asks of TLS, for each place that certificates may come from; some of it wrong. */
@Tag("window")
class WizardTlsPicturesTest {

    @ParameterizedTest
    @CsvSource({
        "made,LIGHT,en",
        "made,DARK,zh",
        "here,LIGHT,en",
        "here,DARK,en",
        "here,LIGHT,zh",
        "here,DARK,zh",
        "hosts,LIGHT,zh",
        "hosts,DARK,en"
    })
    void encryption(String from, Theme theme, String language) {
        WizardPicturesTest.picture("tls-" + from, theme, language, s -> {
            WizardPicturesTest.at(s, Place.CONFIGURATION);
            Stagehand.fx(() -> {
                var tls = s.wizard().tls;
                tls.from.set(TlsModel.From.valueOf(from.toUpperCase(Locale.ROOT)));
                if (from.equals("here")) {
                    tls.clients.set(TlsModel.Clients.YES);
                    tls.ca.set("~/pki/ca.crt");
                    tls.certificate.set("~/pki/{host}.crt");
                } else if (from.equals("hosts")) {
                    tls.ca.set("pki/ca.crt");
                    s.wizard().next();
                }
            });
            await().until(() -> Stagehand.onFx(() -> scrolled(s.scene(), "#wizard-tls")));
        });
    }

    /** Brings a part of a page to its top; false while it is not there, or has no place yet. */
    private static boolean scrolled(Scene scene, String id) {
        scene.getRoot().applyCss();
        scene.getRoot().layout();
        var part = scene.lookup(id);
        if (part == null) {
            return false;
        }
        Node up = part;
        while (up != null && !(up instanceof ScrollPane)) {
            up = up.getParent();
        }
        var pane = (ScrollPane) up;
        if (pane == null) {
            return false;
        }
        var content = pane.getContent();
        double y = content.sceneToLocal(part.localToScene(0, 0)).getY() - 60;
        double room =
                content.getLayoutBounds().getHeight() - pane.getViewportBounds().getHeight();
        pane.setVvalue(Math.min(1, y / room));
        return room > 0;
    }
}
