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
        if (!own.isEmpty() && version.equals(V6)) {
            Files.copy(Path.of(own), to);
        } else {
            try (var in = open(version)) {
                Files.copy(in, to);
            }
        }
        if (!to.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + to);
        }
        return to;
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
