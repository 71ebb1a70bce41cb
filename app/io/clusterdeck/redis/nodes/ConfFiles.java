package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.conf.ConfTree;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.redis.conf.UserLines;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A node's configuration file and all that it includes, as they are on its host now, secrets and all.
 *
 * @param start the folder in which the server has to be started, so that relative names mean what they meant
 * @param each the files by their paths, the one with which it is started first
 * @param unread why an include can't be read: what it says is not known, and a start may fail
 * @param missing of these the ones without which a start does fail
 */
public record ConfFiles(
        ConfTree tree, String start, Map<String, ConfFile> each, List<Say> unread, List<RemotePath> missing) {

    /** Deeper than anybody includes. */
    private static final int ROUNDS = 12;

    /**
     * Reads them; as root only where the account that signs in may not.
     *
     * @param version of the server: releases before 7.0 take an include for a name, never for a pattern
     */
    public static ConfFiles read(Ground ground, NodeSite site, String version) throws Failure, InterruptedException {
        var main = ConfFile.read(ground, site);
        if (main.conf().whole()) {
            return new ConfFiles(
                    ConfTree.of(site.conf().value(), main.conf(), "/"),
                    start(main.conf(), site),
                    Map.of(site.conf().value(), main),
                    List.of(),
                    List.of());
        }
        var from = new LinkedHashSet<String>();
        if (site.unit().isPresent()) {
            from.add(home(ground, site, site.unit().get()));
        } else {
            from.add(start(main.conf(), site));
            from.add(site.conf().value().replaceFirst("/[^/]*$", "/"));
        }
        var tries = new ArrayList<ConfFiles>();
        for (var folder : from) {
            var one = new Reader(ground, site, version, folder).read(main);
            if (one.unread().isEmpty()) {
                return one;
            }
            tries.add(one);
        }
        return tries.getFirst();
    }

    private static String start(RedisConf conf, NodeSite site) {
        var data = site.directory().value();
        var dir = conf.last("dir").map(words -> String.join(" ", words)).orElse("./");
        return Reload.startDirectory(dir, data).orElse(data);
    }

    /** Systemd starts in the root folder unless the unit says otherwise. */
    private static String home(Ground ground, NodeSite site, String unit) throws Failure, InterruptedException {
        var told = ground.host(site.host())
                .run(Script.of("conf-file", "home").with("conf", site.conf()).with("unit", unit), line -> {});
        return told.fact("home").filter(h -> h.startsWith("/")).orElse("/");
    }

    /** What they say together, without the secrets; of users whether they need no password. */
    Directives directives() {
        var all = new ArrayList<List<String>>();
        tree.lines().forEach(l -> {
            var words = new ArrayList<>(List.of(l.name()));
            if (l.name().equals(UserLines.NAME) && !l.arguments().isEmpty()) {
                words.add(l.arguments().getFirst());
                words.addAll(UserLines.open(l.arguments()) ? List.of("nopass") : List.of());
            } else if (!Directive.secret(l.name())) {
                words.addAll(l.arguments());
            }
            all.add(words);
        });
        return Directives.of(all);
    }

    /** Follows the includes of one file, a round for each level. */
    private static final class Reader {
        private final Ground ground;
        private final NodeSite site;
        private final boolean globs;
        private final String start;
        private final Map<String, ConfFile> each = new LinkedHashMap<>();
        private final List<Say> unread = new ArrayList<>();
        private final List<RemotePath> missing = new ArrayList<>();
        private boolean root;

        Reader(Ground ground, NodeSite site, String version, String start) {
            this.ground = ground;
            this.site = site;
            this.globs = !version.matches("[1-6]\\..*");
            this.start = start;
        }

        ConfFiles read(ConfFile main) throws Failure, InterruptedException {
            root = main.root();
            each.put(site.conf().value(), main);
            var tree = ConfTree.of(site.conf().value(), main.conf(), start);
            for (int round = 0; round < ROUNDS && !tree.whole(); round++) {
                var before = tree.wanted();
                tree = more(tree, List.copyOf(before));
                if (tree.wanted().equals(before)) {
                    break;
                }
            }
            return new ConfFiles(tree, start, Map.copyOf(each), List.copyOf(unread), List.copyOf(missing));
        }

        private ConfTree more(ConfTree tree, List<String> includes) throws Failure, InterruptedException {
            var known = includes.stream().filter(i -> !told(i)).toList();
            if (known.isEmpty()) {
                return tree;
            }
            var found = new HashMap<String, Map<String, RedisConf>>();
            known.forEach(i -> found.put(i, new LinkedHashMap<>()));
            for (var one : ask(known)) {
                take(one, known.get(one.include() - 1), found);
            }
            var grown = tree;
            for (var include : known) {
                var files = found.get(include);
                if (files != null) {
                    grown = grown.with(include, files);
                }
            }
            return grown;
        }

        private boolean told(String include) {
            return missing.stream().anyMatch(m -> m.value().equals(include));
        }

        private void take(Told one, String include, Map<String, Map<String, RedisConf>> found) {
            if (one.state().equals("found")) {
                var file = new ConfFile(RedisConf.of(Packed.open(one.text())), one.sum(), root || !one.writable());
                each.putIfAbsent(one.path(), file);
                var files = found.get(include);
                if (files != null) {
                    files.put(one.path(), file.conf());
                }
                return;
            }
            found.remove(include); // what it would say stays unknown
            var path = new RemotePath(one.path());
            boolean gone = one.state().equals("missing");
            unread.add(Say.of("nodes.include." + one.state(), "path", path, "conf", site.conf()));
            missing.addAll(gone ? List.of(path) : List.of());
        }

        private List<Told> ask(List<String> includes) throws Failure, InterruptedException {
            var script = Script.of("conf-file", "included")
                    .with("conf", site.conf())
                    .with("files", String.join("\n", includes))
                    .with("globs", globs ? "yes" : "no");
            var host = ground.host(site.host());
            var told = host.run(root ? script.asRoot() : script, line -> {}).all("included");
            if (!root && told.stream().map(Told::of).anyMatch(t -> t.state().equals("denied"))) {
                root = true;
                try {
                    told = host.run(script.asRoot(), line -> {}).all("included");
                } catch (io.clusterdeck.say.NotAllowed noRoot) {
                    root = false;
                }
            }
            return told.stream().map(Told::of).toList();
        }
    }

    /**
     * One file that an include names.
     *
     * @param include its number in the question, from 1
     * @param state found, missing or denied
     * @param text packed
     */
    private record Told(int include, String state, boolean writable, String sum, String path, String text) {
        static Told of(String fact) {
            int end = fact.indexOf('\n');
            var words = (end < 0 ? fact : fact.substring(0, end)).split(" ", 5);
            return new Told(
                    Integer.parseInt(words[0]),
                    words[1],
                    words[2].equals("yes"),
                    words[3],
                    words[4],
                    end < 0 ? "" : fact.substring(end + 1));
        }
    }
}
