package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.KnownReleases;
import io.clusterdeck.redis.build.PackagedRedis;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.Property;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** Which Redis, where it comes from, and how it is built. FX thread. */
final class RedisModel implements Part {
    /** Where Redis comes from, as in a blueprint. */
    enum Kind {
        DOWNLOAD,
        UPLOAD,
        PROGRAMS,
        PACKAGED,
        INSTALLED
    }

    enum Build {
        ONCE,
        EACH
    }

    enum Malloc {
        AUTO,
        JEMALLOC,
        LIBC
    }

    static final String FIRST = "6.2.3";
    private static final String FOLDER = "/usr/bin";

    final ObjectProperty<Kind> kind = new SimpleObjectProperty<>(Kind.DOWNLOAD);
    final StringProperty version = new SimpleStringProperty(FIRST);
    /** Empty means where Redis publishes its releases. */
    final StringProperty url = new SimpleStringProperty("");

    final StringProperty tarball = new SimpleStringProperty("");
    final StringProperty programs = new SimpleStringProperty("");
    final StringProperty folder = new SimpleStringProperty(FOLDER);
    /** Empty where the program knows it. */
    final StringProperty sha256 = new SimpleStringProperty("");

    final ObjectProperty<Build> build = new SimpleObjectProperty<>(Build.ONCE);
    final ObjectProperty<Malloc> malloc = new SimpleObjectProperty<>(Malloc.AUTO);

    RedisModel(Runnable changed) {
        for (Property<?> p : List.of(kind, version, url, tarball, programs, folder, sha256, build, malloc)) {
            p.addListener((Observable o) -> changed.run());
        }
    }

    /** Whether Redis may have to be compiled on a host. */
    boolean compiles() {
        return kind.get() == Kind.DOWNLOAD || kind.get() == Kind.UPLOAD;
    }

    /** The checksum of the release, where the program knows it. */
    Optional<String> known() {
        return KnownReleases.sha256(version.get().strip());
    }

    static String official(String version) {
        return KnownReleases.OFFICIAL.replace("{version}", version);
    }

    @Override
    public void read(Map<String, Object> tree) {
        var redis = Tree.map(tree, "redis");
        kind.set(of(Kind.values(), Tree.text(redis, "source"), Kind.DOWNLOAD));
        version.set(Tree.text(redis, "version", FIRST));
        var address = Tree.text(redis, "url");
        url.set(address.equals(official(version.get())) ? "" : address);
        switch (kind.get()) {
            case UPLOAD -> tarball.set(Tree.text(redis, "file"));
            case PROGRAMS -> programs.set(Tree.text(redis, "file"));
            case INSTALLED -> folder.set(Tree.text(redis, "folder", FOLDER));
            case DOWNLOAD, PACKAGED -> {}
        }
        var sum = Tree.text(redis, "sha256");
        sha256.set(known().filter(sum::equals).isPresent() && compiles() ? "" : sum);
        build.set(of(Build.values(), Tree.text(redis, "build"), Build.ONCE));
        malloc.set(of(Malloc.values(), Tree.text(redis, "malloc"), Malloc.AUTO));
    }

    private static <T extends Enum<T>> T of(T[] values, String word, T otherwise) {
        for (T value : values) {
            if (value.name().equalsIgnoreCase(word)) {
                return value;
            }
        }
        return otherwise;
    }

    @Override
    public void write(Map<String, Object> tree) {
        var redis = new LinkedHashMap<String, Object>();
        Tree.put(redis, "version", kind.get() == Kind.PACKAGED ? PackagedRedis.VERSION : version.get());
        redis.put("source", kind.get().name().toLowerCase(Locale.ROOT));
        switch (kind.get()) {
            case DOWNLOAD -> Tree.put(redis, "url", url.get());
            case UPLOAD -> Tree.put(redis, "file", tarball.get());
            case PROGRAMS -> Tree.put(redis, "file", programs.get());
            case INSTALLED -> Tree.put(redis, "folder", folder.get());
            case PACKAGED -> {}
        }
        if (compiles() || kind.get() == Kind.PROGRAMS) {
            Tree.put(redis, "sha256", sha256.get());
        }
        if (compiles() && build.get() == Build.EACH) {
            redis.put("build", "each");
        }
        if (compiles() && malloc.get() != Malloc.AUTO) {
            redis.put("malloc", malloc.get().name().toLowerCase(Locale.ROOT));
        }
        tree.put("redis", redis);
    }

    @Override
    public void keepAside(Map<String, Object> aside) {
        Tree.put(aside, "version", version.get());
        Tree.put(aside, "url", url.get());
        Tree.put(aside, "tarball", tarball.get());
        Tree.put(aside, "programs", programs.get());
        Tree.put(aside, "folder", folder.get());
        Tree.put(aside, "sha256", sha256.get());
    }

    @Override
    public void readAside(Map<String, Object> aside) {
        version.set(Tree.text(aside, "version", version.get()));
        url.set(Tree.text(aside, "url", url.get()));
        tarball.set(Tree.text(aside, "tarball", tarball.get()));
        programs.set(Tree.text(aside, "programs", programs.get()));
        folder.set(Tree.text(aside, "folder", folder.get()));
        sha256.set(Tree.text(aside, "sha256", sha256.get()));
    }
}
