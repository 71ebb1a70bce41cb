package io.clusterdeck.cli;

import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads the blueprint that a word was given. */
final class Blueprints {

    private Blueprints() {}

    /** Every mistake in it is told, with its place and what is allowed there. */
    static Blueprint read(Session session, Path file) throws Misuse {
        try {
            return switch (BlueprintReader.read(file)) {
                case Reading.Good good -> good.blueprint();
                case Reading.Bad bad -> {
                    var all = bad.mistakes().stream()
                            .map(m -> session.words.say(m.say()))
                            .collect(Collectors.joining("\n"));
                    throw new Misuse(Say.of("cli.blueprint-wrong", "mistakes", all));
                }
            };
        } catch (NoSuchFileException missing) {
            throw new Misuse(Say.of("cli.file-missing", "file", file));
        } catch (IOException unreadable) {
            throw new Misuse(Say.of("cli.file-unreadable", "file", file, "why", unreadable));
        }
    }
}
