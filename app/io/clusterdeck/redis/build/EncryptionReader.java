package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Encryption.Certificates;
import io.clusterdeck.redis.build.Encryption.Clients;
import io.clusterdeck.redis.build.Encryption.Ours;
import io.clusterdeck.say.Say;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads whether nodes speak TLS, and with which certificates. {@code tls: yes} is all that is needed. */
final class EncryptionReader {

    private static final List<String> FILES = List.of("ca", "certificate", "key", "client-certificate", "client-key");

    static final List<String> KEYS = Stream.concat(
                    Stream.of("certificates", "clients", "days", "trust"), FILES.stream())
            .toList();

    /** YAML has other words for yes and no. */
    private static final Map<String, Clients> CLIENTS = Map.of(
            "no",
            Clients.NO,
            "false",
            Clients.NO,
            "optional",
            Clients.OPTIONAL,
            "yes",
            Clients.YES,
            "true",
            Clients.YES);

    /** Where certificates come from, and the keys that mean something for it. */
    private enum Kind {
        MADE(List.of(), "days"),
        HERE(FILES),
        HOSTS(FILES, "trust");

        private final List<String> keys;

        Kind(List<String> files, String... own) {
            keys = Stream.of(Stream.of("certificates", "clients"), Stream.of(own), files.stream())
                    .flatMap(k -> k)
                    .toList();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final YamlMap top;

    EncryptionReader(YamlMap top) {
        this.top = top;
    }

    Optional<Encryption> read() {
        if (!top.has("tls")) {
            return Optional.empty();
        }
        if (top.node("tls") instanceof ScalarNode) {
            return top.flag("tls", false)
                    ? Optional.of(new Encryption(new Certificates.Made(Encryption.DAYS), Clients.NO))
                    : Optional.empty();
        }
        var map = top.map("tls", KEYS).orElseThrow();
        var kinds = new LinkedHashMap<String, Kind>();
        for (Kind k : Kind.values()) {
            kinds.put(k.word(), k);
        }
        int before = map.wrongs();
        var kind = map.choice("certificates", kinds, Kind.MADE);
        if (map.wrongs() == before) {
            meaningless(map, kind);
        }
        var clients = map.choice("clients", CLIENTS, Clients.NO);
        return Optional.of(new Encryption(certificates(map, kind, clients), clients));
    }

    private static Certificates certificates(YamlMap map, Kind kind, Clients clients) {
        return switch (kind) {
            case MADE -> new Certificates.Made(map.number("days", 1, 3650, Encryption.DAYS));
            case HERE ->
                new Certificates.Here(file(map, "ca"), file(map, "certificate"), file(map, "key"), ours(map, clients));
            case HOSTS ->
                new Certificates.OnHosts(
                        onHost(map, "ca"),
                        onHost(map, "certificate"),
                        onHost(map, "key"),
                        file(map, "trust"),
                        ours(map, clients));
        };
    }

    private static void meaningless(YamlMap map, Kind kind) {
        map.keys().stream()
                .filter(k -> !kind.keys.contains(k))
                .forEach(k -> map.wrong(
                        k,
                        Say.of("build.yaml.not-for-certificates", "key", k, "kind", kind.word()),
                        YamlMap.oneOf(kind.keys)));
    }

    private static Ours ours(YamlMap map, Clients clients) {
        boolean wanted = clients == Clients.YES || map.has("client-certificate") || map.has("client-key");
        return wanted ? new Ours(file(map, "client-certificate"), file(map, "client-key")) : new Ours("", "");
    }

    private static String file(YamlMap map, String key) {
        if (!map.has(key)) {
            map.missing(key, Say.of("build.yaml.pem"));
        }
        return map.text(key).orElse("?");
    }

    private static String onHost(YamlMap map, String key) {
        var path = file(map, key);
        if (map.has(key) && !path.startsWith("/")) {
            map.wrong(key, Say.of("build.yaml.not-absolute", "key", key, "value", path), Say.of("build.yaml.absolute"));
        }
        return path;
    }
}
