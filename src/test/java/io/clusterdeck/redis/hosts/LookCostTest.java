package io.clusterdeck.redis.hosts;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.LocalHost;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a look costs the host, counted by its kernel: pids of a pid namespace of its own are handed out one after another, and a process'
 * count of reads (syscr of /proc/PID/io) includes those of the children that it waited for.
 */
@Tag("lab")
class LookCostTest {

    /** Of the script and of what every run needs; a few more than were seen. */
    private static final int PROCESSES = 60;

    private static final int READS = 10_000;
    private static final int BYSTANDERS = 100;

    @TempDir
    Path folder;

    private record Spent(int processes, int reads) {}

    private Spent spent(String shell, int bystanders) throws Exception {
        var own = Files.createDirectory(folder.resolve("among" + bystanders));
        var spent = own.resolve("spent");
        var inside = program(own.resolve("inside"), """
                for ((i = 0; i < %1$d; i++)); do sleep 60 & done
                last() { sh -c 'echo $$' </dev/null; }
                before=$(last)
                %2$s "$@"
                code=$?
                after=$(last)
                echo $((after - before)) "$(sed -n 's/^syscr: //p' "/proc/$$/io")" >'%3$s.new'
                mv '%3$s.new' '%3$s'
                exit "$code"
                """.formatted(bystanders, shell, spent));
        var outside = program(own.resolve("sh"), "exec unshare --pid --fork --mount-proc '" + inside + "' \"$@\"\n");
        var host = LocalHost.under(new HostName("here"), outside.toString(), System.getenv("PATH"));
        var exit = host.run(HostOperations.look("/tmp"), line -> {});
        assertTrue(exit.ok(), exit::toString);
        await().until(() -> Files.exists(spent)); // what it tells ends before it does
        var told = Files.readString(spent).strip().split(" ");
        return new Spent(Integer.parseInt(told[0]), Integer.parseInt(told[1]));
    }

    private static Path program(Path file, String lines) throws Exception {
        Files.writeString(file, "#!/bin/bash\n" + lines);
        assertTrue(file.toFile().setExecutable(true));
        return file;
    }

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh"})
    void aLookBeginsFewProcessesAndReadsInOneGo(String shell) throws Exception {
        var alone = spent(shell, 0);
        var among = spent(shell, BYSTANDERS);
        assertTrue(alone.processes <= PROCESSES && alone.reads <= READS, alone::toString);
        assertTrue(among.processes <= alone.processes + BYSTANDERS / 2, among::toString);
        assertTrue(among.reads <= alone.reads + 20 * BYSTANDERS, among::toString);
    }
}
