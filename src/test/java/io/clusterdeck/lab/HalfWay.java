package io.clusterdeck.lab;

import io.clusterdeck.redis.drill.DrillReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that begins a drill and is killed before it can mend it. Arguments: the file of the drill, its folder, the blueprint. */
final class HalfWay {
    private HalfWay() {}

    public static void main(String[] args) throws Exception {
        try (var drilled = new Drilled(Path.of(args[1]), Files.readString(Path.of(args[2])), false)) {
            drilled.hold(
                    switch (DrillReader.read(Path.of(args[0]))) {
                        case DrillReader.Reading.Good good -> good.drill();
                        case DrillReader.Reading.Bad bad -> throw new IllegalArgumentException(bad.toString());
                    });
        }
    }
}
