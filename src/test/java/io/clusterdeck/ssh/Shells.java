package io.clusterdeck.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** This computer under each POSIX shell that scripts must run in: dash, bash (as sh), and busybox with nothing but its own programs. */
public final class Shells {

    private static final Map<String, Path> BINS = new HashMap<>();
    private static final List<LocalHost> ALL = make();

    private Shells() {}

    public static Stream<LocalHost> all() {
        return ALL.stream();
    }

    private static List<LocalHost> make() {
        try {
            var root = Files.createTempDirectory("shells");
            var hosts = new ArrayList<LocalHost>();
            for (var name : List.of("dash", "bash", "busybox")) {
                var real = Stream.of("/bin/", "/usr/bin/")
                        .map(d -> Path.of(d, name))
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow(() ->
                                new IllegalStateException("these tests need " + name + ": apt-get install " + name));
                var bin = Files.createDirectory(root.resolve(name));
                if (name.equals("busybox")) {
                    new ProcessBuilder(real.toString(), "--install", "-s", bin.toString())
                            .inheritIO()
                            .start()
                            .waitFor();
                } else {
                    Files.createSymbolicLink(bin.resolve("sh"), real);
                }
                hosts.add(LocalHost.under(new HostName(name), bin.resolve("sh").toString(), path(name, bin)));
                BINS.put(name, bin);
            }
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(root)));
            return hosts;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static String path(String name, Path bin) {
        return name.equals("busybox") ? bin.toString() : bin + ":" + System.getenv("PATH");
    }

    /** The same, with a folder of programs that are found before all others. */
    public static LocalHost with(LocalHost host, Path programs) {
        var name = host.name().value();
        var bin = BINS.get(name);
        return LocalHost.under(host.name(), bin.resolve("sh").toString(), programs + ":" + path(name, bin));
    }

    /** One that leads a process group, as Clusterdeck does where a desktop or another shell started it. */
    static LocalShell leading(String name) throws IOException {
        var bin = BINS.get(name);
        return LocalShell.start("setsid " + bin.resolve("sh"), path(name, bin));
    }

    /** A home with a file in it, in which scripts begin until it is closed: no * of theirs may become its name. */
    public static AutoCloseable furnished(Path home) throws IOException {
        Files.writeString(home.resolve("notes"), "");
        var own = System.setProperty("user.home", home.toString());
        return () -> System.setProperty("user.home", own);
    }

    private static void remove(Path root) {
        try (var files = Files.walk(root)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(f -> f.toFile().delete());
        } catch (IOException left) {
            System.err.println("left behind: " + root + " " + left);
        }
    }
}
