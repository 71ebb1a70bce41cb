package io.clusterdeck.redis.build;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The redis-server that comes with this program (in the jar of org.signal:embedded-redis): statically linked, so it runs on any Linux of its
 * architecture. Called as redis-check-aof, redis-check-rdb or redis-sentinel it is that program (server.c looks at argv[0]); there is no redis-cli.
 */
public final class PackagedRedis {

    public static final String VERSION = "6.2.7";

    private PackagedRedis() {}

    /** The resource for what {@code uname -m} says, if there is one. */
    public static Optional<String> resource(String machine) {
        return switch (machine) {
            case "x86_64", "amd64" -> Optional.of("/redis-server-" + VERSION + "-linux-amd64");
            case "aarch64", "arm64" -> Optional.of("/redis-server-" + VERSION + "-linux-arm64");
            case "i386", "i686" -> Optional.of("/redis-server-" + VERSION + "-linux-386");
            default -> Optional.empty();
        };
    }

    static InputStream open(String resource) throws IOException {
        var in = PackagedRedis.class.getResourceAsStream(resource);
        if (in == null) {
            throw new IOException(resource + " is not on the class path");
        }
        return in;
    }
}
