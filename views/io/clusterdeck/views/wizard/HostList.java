package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.HostCheck;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.Observable;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;

/** The hosts of the draft. Of many only some are laid out at a time: those that a text finds, or that need somebody. */
final class HostList extends VBox {
    /** More than this is read by searching, not by scrolling. */
    private static final int SHOWN = 24;

    private final Look look;
    private final WizardModel model;
    private final TextField filter = new TextField();
    private final CheckBox troubled = new CheckBox();
    private final Wrapped counts = new Wrapped("", "small", "muted");
    private final Wrapped more = new Wrapped("", "small", "muted");
    private final VBox list = new VBox(10);
    private final FlowPane bar = new FlowPane(12, 8, filter, troubled);
    private final VBox head = new VBox(8, bar, counts);
    private final Map<HostRow, HostView> views = new HashMap<>();

    HostList(Look look, WizardModel model) {
        super(12);
        this.look = look;
        this.model = model;
        filter.setId("wizard-hosts-filter");
        filter.setPrefWidth(240);
        filter.promptTextProperty().bind(look.tongue().text("wizard.hosts.filter"));
        filter.accessibleTextProperty().bind(filter.promptTextProperty());
        troubled.setId("wizard-hosts-troubled");
        troubled.textProperty().bind(look.tongue().text("wizard.hosts.troubled"));
        troubled.setMinHeight(30);
        bar.setRowValignment(javafx.geometry.VPos.CENTER);
        bar.setAlignment(Pos.CENTER_LEFT);
        more.setId("wizard-hosts-more");
        getChildren().addAll(head, list, more);
        filter.textProperty().subscribe(t -> paint());
        troubled.selectedProperty().subscribe(t -> paint());
        model.hosts.rows.addListener((Observable o) -> paint());
        model.problemsProperty().subscribe(p -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    private void paint() {
        var rows = model.hosts.rows;
        boolean many = rows.size() > SHOWN;
        head.setVisible(many);
        head.setManaged(many);
        var found = many ? rows.stream().filter(this::wanted).toList() : List.copyOf(rows);
        var shown = found.subList(0, Math.min(SHOWN, found.size()));
        views.keySet().removeIf(r -> !rows.contains(r));
        var now = shown.stream()
                .map(r -> views.computeIfAbsent(r, x -> new HostView(look, model, x)))
                .toList();
        if (!list.getChildren().equals(now)) {
            list.getChildren().setAll(now);
        }
        int hidden = found.size() - shown.size();
        more.setText(hidden == 0 ? "" : look.tongue().say("wizard.hosts.hidden", "n", hidden));
        more.setVisible(hidden > 0);
        more.setManaged(hidden > 0);
        if (many) {
            counts.setText(look.tongue()
                    .say(
                            "wizard.hosts.counts",
                            "seen",
                            count(Seen.Found.class),
                            "failed",
                            count(Seen.Failed.class),
                            "open",
                            count(Seen.Looking.class) + count(Seen.Waiting.class)));
        }
    }

    private long count(Class<? extends Seen> kind) {
        return model.hosts.rows.stream()
                .filter(r -> kind.isInstance(r.seen.get()))
                .count();
    }

    private boolean wanted(HostRow row) {
        var text = filter.getText().strip().toLowerCase(Locale.ROOT);
        var told = (row.called() + " " + row.address.get() + " " + row.labels.get()).toLowerCase(Locale.ROOT);
        return told.contains(text) && (!troubled.isSelected() || troubled(row));
    }

    private boolean troubled(HostRow row) {
        return row.seen.get() instanceof Seen.Failed
                || row.questions.presentProperty().get().isPresent()
                || HostCheck.worst(row.checks(model.wanted())).ordinal() >= HostCheck.State.WARN.ordinal();
    }
}
