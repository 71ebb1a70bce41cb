package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.Build;
import io.clusterdeck.redis.build.Blueprint.Source;
import io.clusterdeck.ssh.HostName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Which hosts compile, which take their programs from them, and the data of the steps up to the installed programs. */
final class Builders {

    private final Blueprint blueprint;
    private final AllFacts facts;
    private final List<HostName> hosts;

    /** @param hosts that get nodes */
    Builders(Blueprint blueprint, AllFacts facts, List<HostName> hosts) {
        this.blueprint = blueprint;
        this.facts = facts;
        this.hosts = hosts;
    }

    boolean tarball() {
        return blueprint.redis().source() instanceof Source.Download
                || blueprint.redis().source() instanceof Source.Upload;
    }

    /** What two hosts must have in common so that programs of one run on the other. */
    private String kin(HostName host) {
        return facts.of(host).arch() + " " + facts.of(host).libc();
    }

    /** Where there is compiled: on the first host of each kind, or everywhere. */
    List<HostName> all() {
        return blueprint.redis().build() == Build.EACH
                ? hosts
                : hosts.stream().filter(h -> builder(h).equals(h)).toList();
    }

    private HostName builder(HostName host) {
        return blueprint.redis().build() == Build.EACH
                ? host
                : hosts.stream()
                        .filter(h -> kin(h).equals(kin(host)))
                        .findFirst()
                        .orElse(host);
    }

    /** Where something is compiled indeed: not where this release is installed already. */
    List<HostName> busy() {
        return tarball() ? all().stream().filter(h -> !installed(h)).toList() : List.of();
    }

    /** Whether exactly what is wanted is there already. */
    boolean installed(HostName host) {
        return facts.of(host).release().equals(release(host));
    }

    private String malloc(HostName host) {
        var wanted = blueprint.redis().malloc();
        return !wanted.isEmpty() ? wanted : facts.of(host).libc().startsWith("musl") ? "libc" : "jemalloc";
    }

    /** A word where nodes speak TLS, nothing otherwise. */
    String tls(String word) {
        return blueprint.tls().isPresent() ? word : "";
    }

    /** Names exactly what is installed: another release is installed anew. */
    String release(HostName host) {
        var redis = blueprint.redis();
        return redis.version() + " "
                + switch (redis.source()) {
                    case Source.Download d -> d.sha256() + " " + malloc(builder(host)) + tls(" tls");
                    case Source.Upload u -> u.sha256() + " " + malloc(builder(host)) + tls(" tls");
                    case Source.Programs p -> "programs " + (p.sha256().isEmpty() ? p.file() : p.sha256());
                    case Source.Packaged p -> "packaged";
                    case Source.Installed i -> "installed " + i.folder();
                };
    }

    Map<String, String> source(HostName host, Map<String, String> args) {
        args.put("release", release(host));
        args.put("name", "redis-" + blueprint.redis().version() + ".tar.gz");
        switch (blueprint.redis().source()) {
            case Source.Download d -> args.putAll(Map.of("url", d.url(), "file", "", "sha256", d.sha256()));
            case Source.Upload u -> args.putAll(Map.of("url", "", "file", here(u.file()), "sha256", u.sha256()));
            default -> throw new IllegalStateException("no tarball");
        }
        return args;
    }

    /** A file of this computer, as named in a blueprint. */
    static String here(String file) {
        return file.startsWith("~/")
                ? Path.of(System.getProperty("user.home"), file.substring(2)).toString()
                : file;
    }

    Map<String, String> compile(HostName host, Map<String, String> args) {
        source(host, args);
        args.keySet().removeAll(List.of("url", "file"));
        args.put("malloc", malloc(host));
        args.put("tls", tls("yes"));
        args.put("version", blueprint.redis().version());
        return args;
    }

    Map<String, String> install(HostName host, Map<String, String> args) {
        args.put("release", release(host));
        args.put("version", blueprint.redis().version());
        args.putAll(Map.of("how", "tree", "from", "", "builder", "", "builder_root", "", "file", "", "sha256", ""));
        switch (blueprint.redis().source()) {
            case Source.Programs p -> args.putAll(Map.of("how", "pack", "file", here(p.file()), "sha256", p.sha256()));
            case Source.Installed i -> args.putAll(Map.of("how", "folder", "from", i.folder()));
            case Source.Packaged p -> {
                var resource = PackagedRedis.resource(facts.of(host).arch());
                resource.ifPresent(
                        r -> args.putAll(Map.of("how", "server", "from", r, "sha256", Shelf.sumOfResource(r))));
            }
            default -> {
                var from = builder(host);
                if (!from.equals(host)) {
                    args.putAll(Map.of(
                            "how",
                            "pack",
                            "builder",
                            from.value(),
                            "builder_root",
                            facts.of(from).root()));
                }
            }
        }
        return args;
    }

    long needsMb(HostName host) {
        return needsMb(tarball() && all().contains(host));
    }

    /** Disk for what is built, in MiB, with a margin: 6.2.3's tree and programs take about 200, its pack and what comes out of it 66. */
    static long needsMb(boolean compiles) {
        return compiles ? 300 : 80;
    }
}
