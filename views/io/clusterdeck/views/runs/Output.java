package io.clusterdeck.views.runs;

import io.clusterdeck.plan.RunEvent;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.look.Tongue;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The last lines that a run wrote. Taken on any thread, shown in batches on the FX thread; none is lost on the way. */
public final class Output implements Consumer<RunEvent> {
    private static final int MOST = 5_000;

    /** One line of a step, or what it says to a person. */
    public record Row(StepId step, String text, boolean error, Optional<Say> said) {
        Row(StepId step, String text, boolean error) {
            this(step, text, error, Optional.empty());
        }

        /** As it reads. FX thread. */
        public String words(Tongue tongue) {
            return said.map(tongue::say).orElse(text);
        }
    }

    private final ConcurrentLinkedQueue<Row> waiting = new ConcurrentLinkedQueue<>();
    private final Fx<Boolean> drain = new Fx<>(b -> drain());
    private final ObservableList<Row> rows = FXCollections.observableArrayList();

    /** Begins with what the run's state still holds. */
    Output(RunState state) {
        state.steps().forEach((id, step) -> step.lastLines().forEach(l -> waiting.add(new Row(id, l, false))));
        if (!waiting.isEmpty()) {
            drain.accept(true);
        }
    }

    @Override
    public void accept(RunEvent event) {
        if (!(event instanceof RunEvent.StepLine line)) {
            return;
        }
        switch (line.line()) {
            case Line.Text text -> add(new Row(line.step(), text.text(), text.error()));
            case Line.Said said -> add(new Row(line.step(), "", false, Optional.of(said.say())));
            case Line.Progress progress -> {}
            case Line.Busy busy -> {}
        }
    }

    private void add(Row row) {
        waiting.add(row);
        drain.accept(true);
    }

    private void drain() {
        var batch = new ArrayList<Row>();
        for (Row row = waiting.poll(); row != null; row = waiting.poll()) {
            batch.add(row);
        }
        rows.addAll(batch);
        if (rows.size() > MOST) {
            rows.remove(0, rows.size() - MOST);
        }
    }

    /** FX thread. */
    public ObservableList<Row> rows() {
        return rows;
    }
}
