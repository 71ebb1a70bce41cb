package io.clusterdeck.views.drill;

import io.clusterdeck.redis.build.Mistake;
import io.clusterdeck.redis.drill.Drill;
import io.clusterdeck.redis.drill.DrillReader;
import io.clusterdeck.redis.drill.DrillReader.Reading;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.fx.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** A drill of the operator's own, from a YAML file. */
final class OwnDrill {
    private OwnDrill() {}

    static void ask(Window over, Consumer<Drill> to, Consumer<Failure> failed) {
        var chooser = new FileChooser();
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter("YAML", "*.yaml", "*.yml"));
        var file = chooser.showOpenDialog(over);
        if (file != null) {
            open(file.toPath(), to, failed);
        }
    }

    /** Reads it; every mistake in it is told at once. */
    static void open(Path file, Consumer<Drill> to, Consumer<Failure> failed) {
        Work.<Drill>begin("read " + file, () -> read(file), to, failed);
    }

    private static Drill read(Path file) throws Failure {
        try {
            return switch (DrillReader.read(file)) {
                case Reading.Good good -> good.drill();
                case Reading.Bad bad ->
                    throw new NotAllowed(
                            Say.of(
                                    "rehearse.own.wrong",
                                    "file",
                                    file.getFileName(),
                                    "mistakes",
                                    bad.mistakes().stream().map(Mistake::say).toList()),
                            Say.of("drill.yaml.see"));
            };
        } catch (IOException unreadable) {
            throw new NotAllowed(
                    Say.of("rehearse.own.unreadable", "file", file, "why", unreadable.toString()),
                    Say.of("rehearse.own.unreadable.next"),
                    unreadable);
        }
    }
}
