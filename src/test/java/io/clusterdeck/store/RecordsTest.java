package io.clusterdeck.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done with a cluster's documents alone is done alone, whoever else is at them. */
class RecordsTest {
    @TempDir
    Path folder;

    @Test
    void twoProcessesWithTwoThreadsEachTakeTurns() throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        var counting = new ArrayList<Process>();
        for (int i = 0; i < 2; i++) {
            counting.add(new ProcessBuilder(
                            java,
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Counting.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
        for (var one : counting) {
            assertEquals('r', one.getInputStream().read());
        }
        for (var one : counting) {
            one.getOutputStream().close();
        }
        for (var one : counting) {
            assertTrue(one.waitFor(60, TimeUnit.SECONDS) && one.exitValue() == 0);
        }
        var records = Home.at(folder).failovers("carts");
        assertEquals(Integer.toString(4 * Counting.TIMES), records.read("n"));
        assertEquals(List.of("n"), records.names());
    }

    /** Reads a number and writes it back one higher, again and again. */
    static final class Counting {
        static final int TIMES = 10;

        private Counting() {}

        public static void main(String[] args) throws Exception {
            System.out.println("ready");
            System.in.readAllBytes();
            var failed = new ArrayList<Throwable>();
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 2; i++) {
                threads.add(Thread.ofPlatform()
                        .uncaughtExceptionHandler((t, e) -> failed.add(e))
                        .start(() -> count(Path.of(args[0]))));
            }
            for (var thread : threads) {
                thread.join();
            }
            System.exit(failed.isEmpty() ? 0 : 1);
        }

        private static void count(Path folder) {
            try {
                var records = Home.at(folder).failovers("carts");
                for (int i = 0; i < TIMES; i++) {
                    records.alone(() -> {
                        int n = records.names().isEmpty() ? 0 : Integer.parseInt(records.read("n"));
                        records.keep("n", Integer.toString(n + 1));
                    });
                }
            } catch (io.clusterdeck.say.Failure | java.io.IOException | RuntimeException failed) {
                throw new IllegalStateException(failed);
            }
        }
    }
}
