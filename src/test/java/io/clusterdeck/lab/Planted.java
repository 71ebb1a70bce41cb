package io.clusterdeck.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Secrets that are looked for while something goes on: in the arguments and the environment of every process of every host, over and over,
 * and in what this program prints and logs; then in files.
 */
final class Planted implements AutoCloseable {

    private final Lab lab;
    private final List<String> secrets;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final CompletableFuture<List<String>> shown;
    private volatile boolean over;

    Planted(Lab lab, String... secrets) {
        this.lab = lab;
        this.secrets = List.of(secrets);
        System.setOut(new PrintStream(new Both(out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Both(err), true, StandardCharsets.UTF_8));
        this.shown = CompletableFuture.supplyAsync(this::watch);
    }

    private List<String> watch() {
        var all = new ArrayList<String>();
        do {
            for (var process : lab.processes()) {
                var told = String.join("\n", process.argv()) + "\n" + String.join("\n", process.environment());
                if (secrets.stream().anyMatch(told::contains)) {
                    all.add(process.toString());
                }
            }
        } while (!over);
        return all;
    }

    /** Ends the looking: where a secret was seen. */
    List<String> seen() throws Exception {
        over = true;
        var all = new ArrayList<>(shown.get());
        var text = said.toString(StandardCharsets.UTF_8);
        secrets.stream().filter(text::contains).forEach(s -> all.add("output"));
        return all;
    }

    /** The files below a folder that hold one. */
    List<Path> in(Path folder) throws IOException {
        var holding = new ArrayList<Path>();
        try (var paths = Files.walk(folder)) {
            for (var file : paths.filter(Files::isRegularFile).toList()) {
                var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
                if (secrets.stream().anyMatch(text::contains)) {
                    holding.add(file);
                }
            }
        }
        return holding;
    }

    /** Likewise on a host. */
    List<String> on(String host, String folders) {
        var patterns = String.join("\n", secrets);
        var search = "grep -rlF -e \"$0\" " + folders + " 2>/dev/null | sort || true";
        return lab.exec(host, "sh", "-c", search, patterns).lines().toList();
    }

    @Override
    public void close() {
        over = true;
        shown.join();
        System.setOut(out);
        System.setErr(err);
    }

    private final class Both extends OutputStream {
        private final PrintStream to;

        Both(PrintStream to) {
            this.to = to;
        }

        @Override
        public void write(int b) {
            to.write(b);
            said.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            to.write(bytes, from, length);
            said.write(bytes, from, length);
        }
    }
}
