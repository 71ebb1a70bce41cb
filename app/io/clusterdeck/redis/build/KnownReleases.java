package io.clusterdeck.redis.build;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The official release tarballs whose SHA-256 the program knows (resources/redis/releases.properties). */
public final class KnownReleases {

    /** Where Redis publishes its releases. */
    public static final String OFFICIAL = "https://download.redis.io/releases/redis-{version}.tar.gz";

    private static final Properties SUMS = load();

    private KnownReleases() {}

    public static Optional<String> sha256(String version) {
        return Optional.ofNullable(SUMS.getProperty(version));
    }

    public static Set<String> versions() {
        return new TreeSet<>(SUMS.stringPropertyNames());
    }

    private static Properties load() {
        var sums = new Properties();
        try (var in = KnownReleases.class.getResourceAsStream("/redis/releases.properties")) {
            if (in != null) {
                sums.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return sums;
    }
}
