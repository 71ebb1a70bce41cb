package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process died between keeping a new password and the first record of the run that was to change to it. */
class AftermathTest {
    private static final String OWN = "clusters/carts/requirepass";
    private static final String NEXT = "clusters/carts/requirepass-next/default/";

    @TempDir
    Path folder;

    @Test
    void whatWasKeptForARunThatNeverBeganIsForgotten() throws Exception {
        var home = Home.at(folder);
        ClusterFiles.write(
                home,
                new ClusterSpec("carts", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of()));
        var kept = home.secrets();
        for (var name : List.of(
                OWN,
                NEXT + "20261127-090000-password",
                NEXT + "20261127-090001-password",
                NEXT + "20261127-090002-password")) {
            kept.keep(name, Secret.of("secret"));
        }
        var runs = Files.createDirectories(home.runs("carts"));
        Files.createFile(runs.resolve("20261127-090001-password.jsonl"));
        Files.writeString(runs.resolve("20261127-090002-password.jsonl"), "{\"is\":\"began\"}\n");
        DeckApp.open(home, Unattended.REFUSING).close();
        assertEquals(Set.of(OWN, NEXT + "20261127-090002-password"), kept.names(), "one that began is gone on with");
    }
}
