package io.clusterdeck.bench;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.Crowd;
import io.clusterdeck.views.Sample;
import io.clusterdeck.views.SampleDeck;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.ask.AskModel;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.ShellModel;
import io.clusterdeck.views.shell.ShellView;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.awaitility.Awaitility;

/**
 * The window with 1,000 nodes, painted without a graphics card, while figures change, a node goes and comes, slots move. Processor time, so that it does
 * not matter what else the computer does.
 */
final class PaintBench implements Bench {

    private static final int MASTERS = 500;
    private static final int WARM = 100;
    private static final int TIMES = 101;

    /** What a frame may take for 60 in a second. */
    private static final double FRAME = 1000 / 60.0;

    /** Milliseconds of processor time in a frame: of the FX thread, and of the thread that paints. */
    private record Used(double fx, double painter) {}

    private final SampleDeck deck = new SampleDeck();
    private int ticks;

    @Override
    public String name() {
        return "paint";
    }

    @Override
    public String lacks() {
        return System.getenv("DISPLAY") == null ? "a display (Xvfb)" : "";
    }

    @Override
    public List<Row> measure() throws Exception {
        System.setProperty("prism.order", "sw");
        Platform.startup(() -> {});
        var all = state(Crowd.of(MASTERS));
        deck.add(
                new ClusterSpec(
                        all.name(), false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of()),
                all);
        var stage = Stagehand.onFx(this::stage);
        try {
            var root = stage.getScene().getRoot();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> Stagehand.onFx(() -> root.lookup("#cluster") != null));
            var gone = new Contact.Gone(Sample.NOW, Say.of("sample.refused"));
            var repaint = frames(stage.getScene(), all, state(later()));
            var death = frames(stage.getScene(), all, state(Crowd.of(MASTERS).contact(10_250, gone)));
            Stagehand.fx(() -> ((ClusterView) root.lookup("#cluster")).turnTo(Tab.SLOTS));
            var map = frames(stage.getScene(), all, state(moved()));
            Stagehand.fx(() -> ((ClusterView) root.lookup("#cluster")).turnTo(Tab.NODES));
            var table = frames(stage.getScene(), all, state(later()));
            return List.of(
                    Row.figure("FX time per repaint, 1,000 nodes, figures change", repaint.fx(), 4, Row::millis),
                    Row.figure("FX time per repaint, 1,000 nodes, one comes or goes", death.fx(), FRAME, Row::millis),
                    Row.figure(
                            "a frame of the slot map, 1,000 nodes (60 a second)",
                            map.fx() + map.painter(),
                            FRAME,
                            Row::millis),
                    Row.figure(
                            "FX time per repaint of the nodes' table, 1,000 nodes, figures change",
                            table.fx(),
                            FRAME,
                            Row::millis));
        } finally {
            Stagehand.fx(stage::close);
        }
    }

    private Stage stage() {
        var look = Stagehand.look(Theme.DARK, "en");
        var scene = new Scene(new ShellView(look, new ShellModel(deck, deck.clusters()), new AskModel()), 1440, 900);
        look.themes().dress(scene);
        var stage = new Stage();
        stage.setScene(scene);
        stage.show();
        return stage;
    }

    /** A tick later: every node was asked again, and every figure is another. */
    private static Sample later() {
        var s = new Sample("orders-prod");
        for (int i = 0; i < MASTERS; i++) {
            int from = i * SlotRange.SLOTS / MASTERS;
            s.master(
                    10_000 + i,
                    1 + i % 40,
                    new SlotRange(from, (i + 1) * SlotRange.SLOTS / MASTERS - 1),
                    41_000,
                    91_000_000,
                    950);
            s.replica(20_000 + i, 1 + (i + 1) % 40, 10_000 + i, 120);
        }
        return s;
    }

    /** A slot of the first shard belongs to the second. */
    private static Sample moved() {
        int share = SlotRange.SLOTS / MASTERS;
        return Crowd.of(MASTERS)
                .slots(10_000, List.of(new SlotRange(0, share - 2)), Map.of(), Map.of())
                .slots(10_001, List.of(new SlotRange(share - 1, 2 * share - 1)), Map.of(), Map.of());
    }

    /** Nodes that agree share one view in a real watch, too. */
    private static ClusterState state(Sample sample) {
        return at(sample.state(), 0);
    }

    /** The same so many ticks later: time goes on, too, and with it the curves and what is told of ages. */
    private static ClusterState at(ClusterState s, int ticks) {
        var view = s.views().entrySet().iterator().next();
        return new ClusterState(
                s.name(),
                Sample.NOW.plusMillis(180L * ticks),
                s.nodes(),
                Map.of(view.getKey(), view.getValue()),
                s.disagreements(),
                s.health(),
                s.owners(),
                s.currentEpoch(),
                s.tick(),
                s.cost());
    }

    /**
     * Shows these in turn, as the watch would, each in a frame of its own; what a frame took in the middle, after some for warming up. The
     * FX thread's time is all that the window itself takes: values, styles, layout, bounds, and what changed handed to the painter.
     */
    private Used frames(Scene scene, ClusterState... states) throws InterruptedException {
        var threads = ManagementFactory.getThreadMXBean();
        var laidOut = new LinkedBlockingQueue<Boolean>();
        Runnable pulse = () -> laidOut.add(true);
        Stagehand.fx(() -> scene.addPostLayoutPulseListener(pulse));
        var fx = new ArrayList<Long>();
        double before = 0;
        for (int i = 0; i < WARM + TIMES; i++) {
            if (i == WARM) {
                before = painter();
            }
            long began = Stagehand.onFx(threads::getCurrentThreadCpuTime);
            deck.show(states[0].name(), at(states[i % states.length], ++ticks));
            Stagehand.fx(
                    () -> { // runs after the painting that the deck has just asked for
                        laidOut.clear();
                        Platform.requestNextPulse();
                    });
            laidOut.take();
            fx.add(Stagehand.onFx(threads::getCurrentThreadCpuTime) - began); // when all of the frame is done
        }
        double painted = painter() - before;
        Stagehand.fx(() -> scene.removePostLayoutPulseListener(pulse));
        return new Used(fx.stream().skip(WARM).sorted().toList().get(TIMES / 2) / 1e6, painted / TIMES);
    }

    private static double painter() {
        var threads = ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getAllThreadIds())
                        .filter(id -> {
                            var info = threads.getThreadInfo(id);
                            return info != null && info.getThreadName().startsWith("QuantumRenderer");
                        })
                        .map(threads::getThreadCpuTime)
                        .sum()
                / 1e6;
    }
}
