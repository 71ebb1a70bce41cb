package io.clusterdeck.views.shell;

import io.clusterdeck.deck.Deck;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.redis.build.Mistake;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.act.ActModel;
import io.clusterdeck.views.fx.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** From a blueprint's file to the plan that builds it. FX thread. */
final class BuildModel {
    private final Deck deck;
    private final ActModel act;
    private final StringProperty path = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<List<Mistake>> mistakes = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Optional<Say>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());

    BuildModel(Deck deck, ActModel act) {
        this.deck = deck;
        this.act = act;
    }

    StringProperty pathProperty() {
        return path;
    }

    ReadOnlyObjectProperty<List<Mistake>> mistakesProperty() {
        return mistakes.getReadOnlyProperty();
    }

    /** Why the file could not be read. */
    ReadOnlyObjectProperty<Optional<Say>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    /** Reads the file; without mistakes the plan is made, and shown on its sheet. */
    void plan() {
        mistakes.set(List.of());
        trouble.set(Optional.empty());
        var file = path.get().strip();
        Work.begin("read blueprint", () -> read(file), this::show, failure -> trouble.set(Optional.of(failure.what())));
    }

    private static Reading read(String file) throws NotAllowed {
        try {
            return BlueprintReader.read(
                    Path.of(file.startsWith("~/") ? System.getProperty("user.home") + file.substring(1) : file));
        } catch (IOException | java.nio.file.InvalidPathException unreadable) {
            throw new NotAllowed(
                    Say.of("views.build.unreadable", "file", file), Say.of("views.build.unreadable.next"), unreadable);
        }
    }

    private void show(Reading reading) {
        switch (reading) {
            case Reading.Good good -> act.wish("build", () -> deck.build(good.blueprint()));
            case Reading.Bad bad -> mistakes.set(bad.mistakes());
        }
    }
}
