package io.clusterdeck.views;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.NodeLike;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Theme;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is told of a cluster that nobody answers for. */
@Tag("window")
class DeskSilenceTest {
    private DeskPicturesTest.Desk desk;
    private Stage stage;

    private void open() {
        desk = DeskPicturesTest.desk(Theme.LIGHT, "en", 980, 900, 1);
        Stagehand.fx(() -> {
            stage = new Stage();
            stage.setScene(desk.scene());
            stage.show();
        });
    }

    @AfterEach
    void close() {
        Stagehand.fx(() -> {
            desk.model().close();
            if (stage != null) {
                stage.close();
            }
        });
    }

    private static ClusterState silent(long seconds, Contact contact) {
        var seen = Samples.healthy();
        var nodes = new LinkedHashMap<NodeId, Node>();
        seen.nodes()
                .forEach((id, n) ->
                        nodes.put(id, new NodeLike(n).contact(contact).node()));
        return new ClusterState(
                seen.name(),
                seen.at().plusSeconds(seconds),
                nodes,
                seen.views(),
                seen.disagreements(),
                List.of(),
                seen.owners(),
                seen.currentEpoch(),
                seen.tick(),
                seen.cost());
    }

    /** A rack, a tunnel, all at once: nobody is left to say that the others are gone. A moment of it is a laptop that slept. */
    @Test
    void aClusterThatGoesAwayAsAWholeIsToldAfterAWhile() {
        open();
        var gone = new Contact.Gone(Samples.healthy().at(), Say.of("link.reason.timeout"));
        Supplier<List<String>> told = () -> Stagehand.onFx(() ->
                desk.model().notices().shown().stream().map(n -> n.what().key()).toList());
        show(Samples.healthy());
        show(silent(1, gone));
        show(silent(20, gone));
        assertEquals(List.of(), told.get());
        show(silent(40, gone));
        assertEquals(List.of("desk.notice.silent"), told.get());
        show(silent(80, gone));
        assertEquals(List.of("desk.notice.silent"), told.get(), "once");
        show(Samples.healthy());
        assertEquals(List.of("desk.notice.well"), told.get());
        show(silent(100, gone));
        show(silent(140, gone));
        show(Samples.masterDown());
        assertEquals(List.of("desk.notice.bad"), told.get());
    }

    private void show(ClusterState state) {
        desk.deck().show("orders-prod", state);
        await().until(() -> Stagehand.onFx(() -> desk.live().state() == state));
        Stagehand.settle();
    }
}
