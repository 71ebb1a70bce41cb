package io.clusterdeck.redis;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** The redis-servers that tests run: those packaged in org.signal:embedded-redis, or the one of the property {@code clusterdeck.redis}. */
public final class RedisBinary {
    public static final String V6 = "6.2.7";
    public static final String V7 = "7.0.15";

    private RedisBinary() {}

    /** Puts the redis-server of that version into a folder; alone there, as in a hand-made installation without its tools. */
    public static Path of(String version, Path folder) throws IOException {
        var to = folder.resolve("redis-server");
        var own = System.getProperty("clusterdeck.redis", "");
        try (var in = !own.isEmpty() && version.equals(V6) ? Files.newInputStream(Path.of(own)) : open(version)) {
            write(in, to);
        }
        return to;
    }

    /**
     * By a process of its own: a file that this one writes is open in every process that another thread begins meanwhile, until that has
     * become its program, and so long it can't be run ("Text file busy").
     */
    private static void write(InputStream program, Path to) throws IOException {
        var writer = new ProcessBuilder("sh", "-c", "cat >\"$0\" && chmod +x \"$0\"", to.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = writer.getOutputStream()) {
            program.transferTo(out);
        }
        try {
            if (writer.waitFor() != 0) {
                throw new IOException("not written: " + to);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    private static InputStream open(String version) throws IOException {
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        var name = "redis-server-" + version + "-linux-" + arch;
        var packaged = RedisBinary.class.getResourceAsStream("/" + name);
        if (packaged != null) {
            return packaged;
        }
        var zip = new ZipFile(seven().toFile());
        var in = zip.getInputStream(zip.getEntry(name));
        return new java.io.FilterInputStream(in) {
            @Override
            public void close() throws IOException {
                super.close();
                zip.close();
            }
        };
    }

    /** The build puts it beside the test classes; a quick run takes it from the local repository. */
    private static Path seven() throws IOException {
        var jar = "embedded-redis-0.9.0.jar";
        var home = Path.of(System.getProperty("user.home"), ".m2/repository/org/signal/embedded-redis/0.9.0", jar);
        for (var path : new Path[] {Path.of(System.getProperty("clusterdeck.out", "target"), "redis7", jar), home}) {
            if (Files.exists(path)) {
                return path;
            }
        }
        throw new IOException(jar + " is neither in target/redis7 nor in the local repository");
    }
}
