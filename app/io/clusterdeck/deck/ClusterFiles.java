package io.clusterdeck.deck;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.store.Home;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link ClusterSpec} as its cluster.yaml: what is empty or as by default is left out. */
public final class ClusterFiles {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterFiles.class);

    private ClusterFiles() {}

    public static Optional<ClusterSpec> read(Home home, String name) throws Failure {
        var tree = home.cluster(name);
        try {
            return tree.map(ClusterFiles::spec);
        } catch (IllegalArgumentException wrong) {
            var file = home.of(name).resolve("cluster.yaml");
            Object why = wrong instanceof Misfit misfit ? misfit.say(file) : String.valueOf(wrong.getMessage());
            throw new UnexpectedOutput(
                    Say.of("deck.cluster-file", "name", name, "why", why),
                    Say.of("deck.cluster-file.next", "file", file),
                    wrong);
        }
    }

    /** Every kept cluster; of one whose file can't be read the name: why is said when it is opened. */
    static List<ClusterSpec> all(Home home) {
        var specs = new ArrayList<ClusterSpec>();
        for (var name : home.clusters()) {
            try {
                read(home, name).ifPresent(specs::add);
            } catch (Failure told) {
                LOG.debug("{} says why when it is opened", name, told);
                specs.add(nothing(name));
            }
        }
        return specs;
    }

    /** One of which nothing is kept yet. */
    static ClusterSpec nothing(String name) {
        return new ClusterSpec(name, false, false, List.of(), List.of(), Access.DIRECT, "", List.of());
    }

    public static void write(Home home, ClusterSpec spec) throws Failure {
        home.keep(spec.name(), tree(spec));
    }

    static Map<String, Object> tree(ClusterSpec spec) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", spec.name());
        putIf(spec.production(), tree, "production", true);
        putIf(spec.readOnly(), tree, "read-only", true);
        tree.put("access", spec.access() == Access.DIRECT ? "direct" : "through-hosts");
        putIf(!spec.user().isEmpty(), tree, "user", spec.user());
        spec.tls().ifPresent(t -> tree.put("tls", tree(t)));
        putIf(!spec.hosts().isEmpty(), tree, "hosts", all(spec.hosts(), ClusterFiles::tree));
        tree.put("seeds", all(spec.seeds(), ClusterFiles::tree));
        putIf(!spec.sites().isEmpty(), tree, "sites", all(spec.sites(), ClusterFiles::tree));
        return tree;
    }

    private static Map<String, Object> tree(Tls tls) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("ca", tls.authority());
        putIf(!tls.certificate().isEmpty(), tree, "certificate", tls.certificate());
        putIf(!tls.key().isEmpty(), tree, "key", tls.key());
        putIf(!tls.names(), tree, "names", "any");
        return tree;
    }

    private static Map<String, Object> tree(HostSpec host) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", host.name().value());
        tree.put("address", host.address());
        putIf(host.port() != 0, tree, "port", host.port());
        putIf(host.user() != null, tree, "user", host.user());
        putIf(!host.keys().isEmpty(), tree, "keys", host.keys());
        putIf(host.jump() != null, tree, "jump", host.jump());
        putIf(!host.password(), tree, "password", false);
        return tree;
    }

    private static Map<String, Object> tree(NodeAddress address) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("host", address.host());
        tree.put("port", address.port());
        putIf(address.busPort() != address.port() + 10_000, tree, "bus-port", address.busPort());
        return tree;
    }

    private static Map<String, Object> tree(NodeSite site) {
        var tree = tree(site.address());
        site.local().ifPresent(l -> tree.put("local", l));
        putIf(site.port() != site.address().port(), tree, "local-port", site.port());
        tree.put("on", site.host().value());
        tree.put("binary", site.binary().value());
        tree.put("conf", site.conf().value());
        tree.put("directory", site.directory().value());
        site.log().ifPresent(l -> tree.put("log", l.value()));
        site.user().ifPresent(u -> tree.put("user", u));
        site.unit().ifPresent(u -> tree.put("unit", u));
        putIf(site.ours(), tree, "ours", true);
        site.tls().ifPresent(t -> tree.put("tls", tree(t)));
        site.lastRun().ifPresent(r -> tree.put("last-run", tree(r)));
        return tree;
    }

    private static Map<String, Object> tree(LastRun run) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("folder", run.folder());
        putIf(!run.openFiles().isEmpty(), tree, "open-files", run.openFiles());
        putIf(!run.environment().isEmpty(), tree, "environment", run.environment());
        run.appends().ifPresent(a -> tree.put("appends", a));
        return tree;
    }

    private static Optional<LastRun> lastRun(Map<?, ?> tree) {
        return tree.get("last-run") instanceof Map<?, ?> r
                ? Optional.of(new LastRun(
                        text(r, "folder"),
                        maybe(r, "open-files").orElse(""),
                        r.get("environment") instanceof List<?> lines
                                ? lines.stream().map(String::valueOf).toList()
                                : List.of(),
                        Optional.ofNullable(r.get("appends")).map(Boolean.TRUE::equals)))
                : Optional.empty();
    }

    static ClusterSpec spec(Map<?, ?> tree) {
        return new ClusterSpec(
                text(tree, "name"),
                Boolean.TRUE.equals(tree.get("production")),
                Boolean.TRUE.equals(tree.get("read-only")),
                each(tree, "hosts", ClusterFiles::host),
                each(tree, "seeds", ClusterFiles::address),
                "through-hosts".equals(tree.get("access")) ? Access.THROUGH_HOSTS : Access.DIRECT,
                maybe(tree, "user").orElse(""),
                each(tree, "sites", ClusterFiles::site),
                tls(tree));
    }

    private static Optional<Tls> tls(Map<?, ?> tree) {
        return tree.get("tls") instanceof Map<?, ?> t
                ? Optional.of(new Tls(
                        text(t, "ca"),
                        maybe(t, "certificate").orElse(""),
                        maybe(t, "key").orElse(""),
                        !maybe(t, "names").orElse("").equals("any")))
                : Optional.empty();
    }

    private static HostSpec host(Map<?, ?> tree) {
        var keys = new ArrayList<String>();
        if (tree.get("keys") instanceof List<?> list) {
            list.forEach(k -> keys.add(String.valueOf(k)));
        }
        return new HostSpec(
                new HostName(text(tree, "name")),
                text(tree, "address"),
                tree.containsKey("port") ? number(tree, "port") : 0,
                maybe(tree, "user").orElse(null),
                keys,
                maybe(tree, "jump").orElse(null),
                !Boolean.FALSE.equals(tree.get("password")));
    }

    private static NodeAddress address(Map<?, ?> tree) {
        int port = number(tree, "port");
        return new NodeAddress(
                text(tree, "host"), port, tree.containsKey("bus-port") ? number(tree, "bus-port") : port + 10_000);
    }

    private static NodeSite site(Map<?, ?> tree) {
        return new NodeSite(
                address(tree),
                maybe(tree, "local"),
                new HostName(text(tree, "on")),
                new RemotePath(text(tree, "binary")),
                new RemotePath(text(tree, "conf")),
                new RemotePath(text(tree, "directory")),
                maybe(tree, "log").map(RemotePath::new),
                maybe(tree, "user"),
                maybe(tree, "unit"),
                Boolean.TRUE.equals(tree.get("ours")),
                number(tree, tree.containsKey("local-port") ? "local-port" : "port"),
                tls(tree),
                lastRun(tree));
    }

    private static <T> List<Object> all(List<T> things, Function<T, Map<String, Object>> to) {
        return things.stream().map(t -> (Object) to.apply(t)).toList();
    }

    private static <T> List<T> each(Map<?, ?> tree, String name, Function<Map<?, ?>, T> to) {
        var value = tree.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> items)) {
            throw new Misfit(List.of(name), Misfit.Wanted.LIST);
        }
        var things = new ArrayList<T>();
        for (int i = 0; i < items.size(); i++) {
            if (!(items.get(i) instanceof Map<?, ?> map)) {
                throw new Misfit(List.of(name, i), Misfit.Wanted.MAP);
            }
            try {
                things.add(to.apply(map));
            } catch (Misfit misfit) {
                throw misfit.within(name, i);
            }
        }
        return things;
    }

    private static void putIf(boolean there, Map<String, Object> tree, String name, @Nullable Object value) {
        if (there && value != null) {
            tree.put(name, value);
        }
    }

    private static String text(Map<?, ?> tree, String name) {
        return maybe(tree, name).orElseThrow(() -> new Misfit(List.of(name), Misfit.Wanted.TEXT));
    }

    private static Optional<String> maybe(Map<?, ?> tree, String name) {
        return Optional.ofNullable(tree.get(name)).map(String::valueOf);
    }

    private static int number(Map<?, ?> tree, String name) {
        if (tree.get(name) instanceof Number n) {
            return n.intValue();
        }
        throw new Misfit(List.of(name), Misfit.Wanted.NUMBER);
    }
}
