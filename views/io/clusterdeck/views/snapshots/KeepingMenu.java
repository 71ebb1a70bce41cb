package io.clusterdeck.views.snapshots;

import io.clusterdeck.store.Keeping;
import io.clusterdeck.views.look.Look;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;

/** How often snapshots are taken by themselves, and how long they stay. */
final class KeepingMenu extends MenuButton {
    private static final List<Integer> MINUTES = List.of(0, 15, 60, 360, 1440);

    /** Days of all, of one an hour, of one a day. */
    private static final List<List<Integer>> SPANS =
            List.of(List.of(1, 7, 30), List.of(2, 14, 365), List.of(7, 60, 3650));

    KeepingMenu(Look look, SnapshotsModel model) {
        setId("snapshots-keeping");
        textProperty().bind(look.tongue().text("snapshots.keeping"));
        getItems().add(heading(look, "snapshots.keeping.every"));
        var every = new ToggleGroup();
        for (int minutes : MINUTES) {
            var item = item(
                    look,
                    every,
                    minutes == 0 ? "snapshots.keeping.never" : "snapshots.keeping.each",
                    "t",
                    minutes * 60_000L);
            item.setOnAction(e -> {
                var now = model.keepingProperty().get();
                model.keep(new Keeping(Duration.ofMinutes(minutes), now.allDays(), now.hourlyDays(), now.dailyDays()));
            });
            model.keepingProperty().subscribe(k -> item.setSelected(k.every().toMinutes() == minutes));
            getItems().add(item);
        }
        getItems().addAll(new SeparatorMenuItem(), heading(look, "snapshots.keeping.how-long"));
        var spans = new ToggleGroup();
        for (var days : SPANS) {
            var item = item(
                    look,
                    spans,
                    "snapshots.keeping.span",
                    "all",
                    days.get(0),
                    "hourly",
                    days.get(1),
                    "daily",
                    days.get(2));
            item.setOnAction(e -> model.keep(
                    new Keeping(model.keepingProperty().get().every(), days.get(0), days.get(1), days.get(2))));
            model.keepingProperty()
                    .subscribe(k -> item.setSelected(
                            List.of(k.allDays(), k.hourlyDays(), k.dailyDays()).equals(days)));
            getItems().add(item);
        }
        getItems().addAll(new SeparatorMenuItem(), heading(look, "snapshots.keeping.lasting"));
    }

    private static MenuItem heading(Look look, String key) {
        var item = new MenuItem();
        item.textProperty().bind(look.tongue().text(key));
        item.setDisable(true);
        return item;
    }

    private static RadioMenuItem item(Look look, ToggleGroup group, String key, Object... args) {
        var item = new RadioMenuItem();
        item.textProperty().bind(look.tongue().text(key, args));
        item.setToggleGroup(group);
        return item;
    }
}
