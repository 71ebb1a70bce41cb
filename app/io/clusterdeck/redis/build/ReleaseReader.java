package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.Build;
import io.clusterdeck.redis.build.Blueprint.Release;
import io.clusterdeck.redis.build.Blueprint.Source;
import io.clusterdeck.say.Say;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads which Redis is wanted and where it comes from. */
final class ReleaseReader {

    static final List<String> KEYS = List.of("version", "source", "url", "file", "folder", "sha256", "build", "malloc");

    /** A name or password before the host: every account of the hosts would read it in curl's arguments, and the journal keeps them. */
    private static final Pattern SIGNS_IN = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:)?/*[^/?#]*@");

    /** A source, and the keys that mean something for it. */
    private enum Kind {
        DOWNLOAD("url", "sha256", "build", "malloc"),
        UPLOAD("file", "sha256", "build", "malloc"),
        PROGRAMS("file", "sha256"),
        PACKAGED,
        INSTALLED("folder");

        private final List<String> keys;

        Kind(String... own) {
            keys = Stream.concat(Stream.of("version", "source"), Stream.of(own)).toList();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final YamlMap top;

    ReleaseReader(YamlMap top) {
        this.top = top;
    }

    Release read() {
        var given = top.map("redis", KEYS);
        if (given.isEmpty()) {
            var version = "6.2.3";
            return new Release(
                    version,
                    new Source.Download(
                            url(version), KnownReleases.sha256(version).orElse("")),
                    Build.ONCE);
        }
        var map = given.get();
        var kinds = new LinkedHashMap<String, Kind>();
        for (Kind k : Kind.values()) {
            kinds.put(k.word(), k);
        }
        int before = map.wrongs();
        var kind = Kind.DOWNLOAD;
        if (map.text("source").filter(s -> s.contains("://")).isPresent()) {
            map.wrong("source", Say.of("build.yaml.source-is-url"), Say.of("build.yaml.url"));
        } else {
            kind = map.choice("source", kinds, kind);
        }
        if (map.wrongs() == before) {
            meaningless(map, kind);
        }
        var version = map.text("version").orElse(kind == Kind.PACKAGED ? PackagedRedis.VERSION : "6.2.3");
        if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
            map.wrong("version", Say.of("build.yaml.bad-version", "value", version), Say.of("build.yaml.version"));
        }
        if (kind == Kind.PACKAGED && !version.equals(PackagedRedis.VERSION)) {
            map.wrong(
                    "version",
                    Say.of("build.yaml.packaged-version", "value", version),
                    YamlMap.oneOf(List.of(PackagedRedis.VERSION)));
        }
        var build = map.choice("build", Map.of("once", Build.ONCE, "each", Build.EACH), Build.ONCE);
        if (map.text("url").filter(SIGNS_IN.asPredicate()).isPresent()) {
            map.wrong("url", Say.of("build.yaml.url-signs-in"), Say.of("build.yaml.url-plain"));
        }
        var source = switch (kind) {
            case DOWNLOAD ->
                new Source.Download(
                        map.text("url").orElse(KnownReleases.OFFICIAL).replace("{version}", version),
                        sha256(map, version, true));
            case UPLOAD -> new Source.Upload(file(map), sha256(map, version, true));
            case PROGRAMS -> new Source.Programs(file(map), sha256(map, version, false));
            case PACKAGED -> new Source.Packaged();
            case INSTALLED -> new Source.Installed(map.text("folder").orElse("/usr/bin"));
        };
        return new Release(
                version, source, build, map.choice("malloc", Map.of("jemalloc", "jemalloc", "libc", "libc"), ""));
    }

    /** A key that would be ignored is a misunderstanding: better told than found out. */
    private static void meaningless(YamlMap map, Kind kind) {
        map.keys().stream()
                .filter(k -> !kind.keys.contains(k))
                .forEach(k -> map.wrong(
                        k,
                        Say.of("build.yaml.not-for-source", "key", k, "source", kind.word()),
                        YamlMap.oneOf(kind.keys)));
    }

    private static String url(String version) {
        return KnownReleases.OFFICIAL.replace("{version}", version);
    }

    private String file(YamlMap map) {
        if (!map.has("file")) {
            map.missing("file", Say.of("build.yaml.file"));
        }
        return map.text("file").orElse("?");
    }

    private String sha256(YamlMap map, String version, boolean needed) {
        var given = map.text("sha256").map(s -> s.toLowerCase(Locale.ROOT));
        given.filter(s -> !s.matches("[0-9a-f]{64}"))
                .ifPresent(s -> map.wrong(
                        "sha256", Say.of("build.yaml.bad-sha256", "n", s.length()), Say.of("build.yaml.sha256")));
        var known = KnownReleases.sha256(version);
        if (needed && given.isEmpty() && known.isEmpty()) {
            map.missing(
                    "sha256",
                    Say.of(
                            "build.yaml.sha256-unknown",
                            "version",
                            version,
                            "known",
                            KnownReleases.versions().stream().toList()));
        }
        return given.or(() -> needed ? known : java.util.Optional.empty()).orElse("");
    }
}
