package io.clusterdeck.plan;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** All runs in one folder, on one ground. */
public record OneFolder(Path folder, Ground ground) implements Grounds {
    @Override
    public Path runs(ClusterRef on) {
        return folder;
    }

    @Override
    public Collection<Path> allRuns() {
        return List.of(folder);
    }

    @Override
    public Ground ground(Plan plan) {
        return ground;
    }
}
