package io.clusterdeck.views.paper;

import io.clusterdeck.deck.paper.AuditRow;
import io.clusterdeck.deck.paper.AuditRows;
import io.clusterdeck.deck.paper.Papers;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.fx.Saving;
import io.clusterdeck.views.fx.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The audit as it was last read, newest first. FX thread. */
public final class AuditModel {
    private final Papers papers;
    private final Consumer<Failure> failed;
    private final ReadOnlyObjectWrapper<List<AuditRow>> rows = new ReadOnlyObjectWrapper<>(List.of());

    public AuditModel(Papers papers, Consumer<Failure> failed) {
        this.papers = papers;
        this.failed = failed;
    }

    public ReadOnlyObjectProperty<List<AuditRow>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    /** Reads it again. */
    public void read() {
        Work.begin("read the audit", papers::audit, rows::set, failed);
    }

    /** Writes rows as JSON for a file that ends so, else as CSV. */
    void export(List<AuditRow> which, Path file, Function<Say, String> words, Runnable done) {
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        Work.begin(
                "export the audit",
                () -> {
                    var text = json ? AuditRows.json(which, words) + "\n" : "\uFEFF" + AuditRows.csv(which, words);
                    return Saving.write(file, text);
                },
                saved -> done.run(),
                failed);
    }
}
