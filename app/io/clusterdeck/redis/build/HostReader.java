package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one host of a blueprint: a mapping, or just its address. */
final class HostReader {

    static final List<String> KEYS =
            List.of("name", "ssh", "port", "user", "auth", "jump", "bind", "announce", "sudo", "labels");
    private static final Pattern IP = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+");

    private final YamlMap top;
    private final Node node;

    HostReader(YamlMap top, Node node) {
        this.top = top;
        this.node = node;
    }

    BuildHost read() {
        if (node instanceof ScalarNode s) {
            var spec = ssh(s.getValue(), null, 0, null, new Auth(List.of(), true), null);
            return new BuildHost(spec, List.of(), Optional.empty(), true, new LinkedHashMap<>());
        }
        var map = top.map(node, KEYS);
        if (!map.has("ssh")) {
            map.missing("ssh", Say.of("build.yaml.ssh"));
        }
        var spec = ssh(
                map.text("ssh").orElse("?"),
                map.text("name").orElse(null),
                map.number("port", 1, 65_535, 0),
                map.text("user").orElse(null),
                auth(map),
                map.text("jump").orElse(null));
        var bind = map.texts("bind");
        bind.stream()
                .filter(b -> !isAddress(b))
                .forEach(b -> map.wrong(
                        "bind",
                        Say.of("build.yaml.no-address", "key", "bind", "value", b),
                        Say.of("build.yaml.address")));
        var announce = map.text("announce");
        announce.filter(a -> !isAddress(a))
                .ifPresent(a -> map.wrong(
                        "announce",
                        Say.of("build.yaml.no-address", "key", "announce", "value", a),
                        Say.of("build.yaml.address")));
        var labels = new LinkedHashMap<String, String>();
        map.map("labels", List.of())
                .ifPresent(l -> l.keys().forEach(k -> l.text(k).ifPresent(v -> labels.put(k, v))));
        return new BuildHost(spec, bind, announce, map.flag("sudo", true), labels);
    }

    private static HostSpec ssh(
            String target, @Nullable String name, int port, @Nullable String user, Auth auth, @Nullable String jump) {
        var said = HostSpec.parse(target);
        return new HostSpec(
                name == null ? said.name() : new HostName(name),
                said.address(),
                port == 0 ? said.port() : port,
                user == null ? said.user() : user,
                auth.keys(),
                jump,
                auth.password());
    }

    private record Auth(List<String> keys, boolean password) {}

    /** {@code password}: it may be asked; {@code keys}: only keys and the agent; anything with a slash is a key file. */
    private static Auth auth(YamlMap map) {
        var words = map.texts("auth");
        words.stream()
                .filter(w -> !w.equals("password") && !w.equals("keys") && !w.contains("/"))
                .forEach(w -> map.wrong("auth", Say.of("build.yaml.bad-auth"), Say.of("build.yaml.auth")));
        return new Auth(
                words.stream().filter(w -> w.contains("/")).toList(), words.isEmpty() || words.contains("password"));
    }

    static boolean isAddress(String text) {
        return IP.matcher(text).matches();
    }
}
