package io.clusterdeck.views.config;

import io.clusterdeck.redis.config.Sheet;
import io.clusterdeck.redis.config.Sheet.Row;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.act.Act;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.live.Live;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** The sheet of directives, what of it is shown, and what is wished of it. FX thread. */
final class ConfigModel {
    final StringProperty filter = new SimpleStringProperty("");
    final BooleanProperty onlyDifferences = new SimpleBooleanProperty();
    private final Live live;
    private final ReadOnlyObjectWrapper<Sheet> sheet = new ReadOnlyObjectWrapper<>(Sheet.EMPTY);
    private final ReadOnlyObjectWrapper<List<Row>> rows = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Failure>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private @Nullable Thread looking;
    private Object wanted = new Object();

    ConfigModel(Live live) {
        this.live = live;
        filter.subscribe(f -> sift());
        onlyDifferences.subscribe(o -> sift());
        // what an action changed is to be seen at once when its sheet closes
        live.act().actProperty().subscribe((was, now) -> {
            if (was instanceof Act.Running && now instanceof Act.None && sheet.get() != Sheet.EMPTY) {
                look();
            }
        });
    }

    ReadOnlyObjectProperty<Sheet> sheetProperty() {
        return sheet.getReadOnlyProperty();
    }

    /** What differs first, then by name; of what the filter lets through. */
    ReadOnlyObjectProperty<List<Row>> rowsProperty() {
        return rows.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Failure>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Reads every node and every file anew. */
    void look() {
        cancel();
        var now = wanted;
        busy.set(true);
        looking = Work.begin(
                "configuration of " + live.specProperty().get().name(),
                () -> live.cluster().config().look(),
                found -> {
                    if (now == wanted) {
                        take(found);
                    }
                },
                failure -> {
                    if (now == wanted) {
                        busy.set(false);
                        trouble.set(Optional.of(failure));
                    }
                });
    }

    /** What an older look finds is not shown any more. */
    private void cancel() {
        wanted = new Object();
        if (looking != null) {
            looking.interrupt();
            looking = null;
        }
    }

    /** Shows a sheet. */
    void take(Sheet now) {
        cancel();
        busy.set(false);
        trouble.set(Optional.empty());
        sheet.set(now);
        sift();
    }

    private void sift() {
        var wanted = Arrays.stream(filter.get().toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .toList();
        rows.set(sheet.get().rows().stream()
                .filter(r -> !onlyDifferences.get() || r.drifts() || r.unkept())
                .filter(r -> wanted.stream().allMatch(text(r)::contains))
                .sorted(Comparator.comparing((Row r) -> !r.drifts())
                        .thenComparing(r -> !r.unkept())
                        .thenComparing(Row::directive))
                .toList());
    }

    private static String text(Row row) {
        var text = new StringBuilder(row.directive());
        row.cells()
                .values()
                .forEach(c -> text.append(' ')
                        .append(c.running().orElse(""))
                        .append(' ')
                        .append(c.file().orElse("")));
        return text.toString().toLowerCase(Locale.ROOT);
    }

    /** Tries a word by which nodes may know CONFIG, and reads again. */
    void word(String typed) {
        Work.begin(
                "word of CONFIG",
                () -> {
                    live.cluster().configWord(Secret.of(typed));
                    return typed.isEmpty();
                },
                kept -> look(),
                failure -> trouble.set(Optional.of(failure)));
    }

    void set(Collection<NodeId> nodes, Row row, String value) {
        live.wish(new Wish.Configure(List.copyOf(nodes), row.directive(), value));
    }

    void keep() {
        live.wish(new Wish.KeepSettings(sheet.get().nodes()));
    }
}
