package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.Building;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A building is cut off at random instants, in the upload and in the middle of make, and comes to the same end. */
@Tag("lab")
@Tag("soak")
class BuildCancelLabTest {

    private static final long SEED = 20261122;

    @TempDir
    Path folder;

    @Test
    void cutOffAtRandomInstants() throws Exception {
        var lab = Lab.bare(1, "compiler");
        var tarball = Lab.tarball();
        try (var building = Building.over(folder).password("pl4nted secret")) {
            var plan = building.plan(Building.read("""
                name: cut
                hosts: [{name: h1, ssh: %s, user: ops, auth: [keys, %s]}]
                redis: {version: %s, source: upload, file: %s, sha256: %s, malloc: libc}
                """.formatted(
                    lab.address("h1"), lab.key("id_ed25519"), LabRedis.version(), tarball.file(), tarball.sha256())));
            var random = new Random(SEED);
            var run = building.runs().start(plan.plan());
            for (int i = 0; i < 8; i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(12_000)));
                run.cancel();
                run.await();
                assertEquals(
                        "", lab.exec("h1", "sh", "-c", "pgrep -l 'make|cc1|gcc' || true"), "nothing goes on running");
                run = building.runs().resume(plan.plan().id());
            }
            var end = run.await();
            assertEquals(Outcome.DONE, end.ended().orElseThrow().outcome(), Building.why(end));
            var infos = building.infos(plan);
            assertEquals(6, infos.size());
            assertEquals(LabRedis.version(), infos.getFirst().get("redis_version"));
        }
    }
}
