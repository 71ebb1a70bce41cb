package io.clusterdeck.redis.build;

import io.clusterdeck.redis.conf.ConfWords;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.conf.UserLines;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * What a blueprint says under {@code config}: directives as in redis.conf. None may be a secret: plans, journals and blueprints are kept and
 * handed on in clear text.
 */
final class ConfigReader {

    /** Directives that other keys decide, and which. */
    static final Map<String, String> DECIDED = Map.ofEntries(
            Map.entry("port", "layout.ports"),
            Map.entry("dir", "layout.root"),
            Map.entry("bind", "hosts.bind"),
            Map.entry("cluster-announce-ip", "hosts.announce"),
            Map.entry("requirepass", "password"),
            Map.entry("masterauth", "password"),
            Map.entry("primaryauth", "password"),
            Map.entry("cluster-enabled", "name"),
            Map.entry("cluster-config-file", "layout.root"),
            Map.entry("daemonize", "layout.root"),
            Map.entry("supervised", "layout.root"),
            Map.entry("pidfile", "layout.root"),
            Map.entry("logfile", "layout.root"),
            Map.entry("cluster-announce-port", "layout.ports"),
            Map.entry("cluster-announce-bus-port", "layout.ports"),
            Map.entry("cluster-announce-tls-port", "layout.ports"),
            Map.entry("tls-port", "tls"),
            Map.entry("tls-cluster", "tls"),
            Map.entry("tls-replication", "tls"),
            Map.entry("tls-auth-clients", "tls.clients"),
            Map.entry("tls-ca-cert-file", "tls.ca"),
            Map.entry("tls-ca-cert-dir", "tls.ca"),
            Map.entry("tls-cert-file", "tls.certificate"),
            Map.entry("tls-key-file", "tls.key"));

    private static final Pattern DIRECTIVE = Pattern.compile("[a-z][a-z0-9-]*");

    private final YamlMap top;

    ConfigReader(YamlMap top) {
        this.top = top;
    }

    Map<String, List<String>> read() {
        var config = new LinkedHashMap<String, List<String>>();
        top.map("config", List.of()).ifPresent(map -> map.keys().forEach(d -> config.put(d, lines(map, d))));
        return config;
    }

    private static List<String> lines(YamlMap map, String directive) {
        var node = map.node(directive);
        var decided = DECIDED.get(directive);
        if (decided != null) {
            map.wrong(
                    node,
                    Say.of("build.yaml.decided", "directive", directive),
                    Say.of("build.yaml.decided-by", "key", decided));
        } else if (!DIRECTIVE.matcher(directive).matches()) {
            map.wrong(node, Say.of("build.yaml.no-directive", "directive", directive), Say.of("build.yaml.directive"));
        }
        var lines = new ArrayList<String>();
        for (Node item : YamlMap.items(node)) {
            map.text(directive, item).ifPresent(value -> {
                var words = ConfWords.words(value);
                if (value.indexOf('\n') >= 0 || words.isEmpty()) {
                    map.wrong(
                            item, Say.of("build.yaml.quotes", "directive", directive), Say.of("build.yaml.conf-value"));
                } else if (decided == null) {
                    secret(directive, words.get())
                            .ifPresent(cure ->
                                    map.wrong(item, Say.of("build.yaml.secret", "directive", directive), Say.of(cure)));
                }
                lines.add(value);
            });
        }
        return List.copyOf(lines);
    }

    /** What to write instead of a line that holds a secret; empty for any other. */
    private static Optional<String> secret(String directive, List<String> words) {
        return switch (directive) {
            case UserLines.NAME -> UserLines.tells(words) ? Optional.of("build.yaml.secret.user") : Optional.empty();
            case "rename-command" ->
                words.size() > 1 && !words.get(1).isEmpty()
                        ? Optional.of("build.yaml.secret.renamed")
                        : Optional.empty();
            default -> Directive.secret(directive) ? Optional.of("build.yaml.secret.passphrase") : Optional.empty();
        };
    }
}
