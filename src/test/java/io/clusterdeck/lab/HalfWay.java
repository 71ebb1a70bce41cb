package io.clusterdeck.lab;

import io.clusterdeck.redis.drill.Library;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that begins to cut a host off and is killed before it can mend it. Arguments: its folder, the blueprint. */
final class HalfWay {
    private HalfWay() {}

    public static void main(String[] args) throws Exception {
        try (var drilled = new Drilled(Path.of(args[0]), Files.readString(Path.of(args[1])), false)) {
            drilled.hold(Library.named("cut-host").orElseThrow());
        }
    }
}
