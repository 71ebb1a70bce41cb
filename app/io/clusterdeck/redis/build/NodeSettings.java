package io.clusterdeck.redis.build;

import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.conf.ConfWords;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a node's redis.conf must say, worked into the text that is there. */
final class NodeSettings {

    private NodeSettings() {}

    /** @param spec of a configure step: root, data, bind, announce, units, password, config; and tls, what the file says of it but for the port */
    static RedisConf edit(RedisConf conf, StepSpec spec, int port, Optional<Secret> password) {
        var node = spec.arg("root") + "/" + port;
        boolean units = spec.arg("units").equals("yes");
        var tls = config(spec.args().getOrDefault("tls", ""));
        var edited = conf.set("bind", spec.arg("bind").split(" "))
                .set("port", tls.isEmpty() ? String.valueOf(port) : "0")
                // without a password 7.0 and later refuse every other host in protected mode
                .set("protected-mode", password.isPresent() ? "yes" : "no")
                .set("daemonize", units ? "no" : "yes")
                .set("supervised", "no")
                .set("pidfile", node + "/redis.pid")
                .set("logfile", node + "/redis.log")
                .set("dir", node + "/" + spec.arg("data"))
                .set("cluster-enabled", "yes")
                .set("cluster-config-file", "nodes.conf");
        edited = spec.arg("announce").isEmpty()
                ? edited.without("cluster-announce-ip")
                : edited.set("cluster-announce-ip", spec.arg("announce"));
        edited = tls.isEmpty() ? edited : edited.set("tls-port", String.valueOf(port));
        for (var line : tls.entrySet()) {
            edited = edited.set(line.getKey(), line.getValue());
        }
        for (var line : config(spec.arg("config")).entrySet()) {
            edited = edited.set(line.getKey(), line.getValue());
        }
        return password.isPresent()
                ? edited.set("requirepass", password.get().reveal())
                        .set("masterauth", password.get().reveal())
                : edited.without("requirepass").without("masterauth");
    }

    /** The blueprint's directives as an argument of a step: a line each, as in redis.conf. */
    static String config(Map<String, List<String>> config) {
        var lines = new ArrayList<String>();
        config.forEach((directive, values) -> values.forEach(v -> lines.add(directive + " " + v)));
        return String.join("\n", lines);
    }

    private static Map<String, List<List<String>>> config(String lines) {
        var config = new LinkedHashMap<String, List<List<String>>>();
        lines.lines().forEach(line -> {
            int space = line.indexOf(' ');
            var words = ConfWords.words(line.substring(space + 1)).orElseThrow();
            config.computeIfAbsent(line.substring(0, space), d -> new ArrayList<>())
                    .add(words.isEmpty() ? List.of("") : words);
        });
        return config;
    }

    /** Some password, where there is to be one: for the eye, which sees none. */
    static Optional<Secret> any(StepSpec spec) {
        return spec.arg("password").equals("no") ? Optional.empty() : Optional.of(Secret.of("x"));
    }
}
