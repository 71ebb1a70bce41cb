package io.clusterdeck.lab;

import io.clusterdeck.redis.drill.Library;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that begins a drill and is killed before it can mend it. Arguments: the drill, its folder, the blueprint. */
final class HalfWay {
    private HalfWay() {}

    public static void main(String[] args) throws Exception {
        try (var drilled = new Drilled(Path.of(args[1]), Files.readString(Path.of(args[2])), false)) {
            drilled.hold(Library.named(args[0]).orElseThrow());
        }
    }
}
