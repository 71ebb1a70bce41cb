package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.redis.build.Blueprint.Password;
import io.clusterdeck.redis.build.Blueprint.Source;
import io.clusterdeck.redis.build.Encryption.Certificates;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** Writes a blueprint as YAML that {@link BlueprintReader} reads back to the same blueprint. */
public final class BlueprintWriter {

    private BlueprintWriter() {}

    public static String write(Blueprint b) {
        return text(tree(b));
    }

    /** Its keys and values as they stand in the file: what the wizard's pages are filled from. */
    public static Map<String, Object> tree(Blueprint b) {
        var top = new LinkedHashMap<String, Object>();
        top.put("name", b.name());
        if (b.production()) {
            top.put("production", "yes");
        }
        top.put("hosts", b.hosts().stream().map(BlueprintWriter::host).toList());
        top.put("redis", redis(b.redis()));
        var layout = new LinkedHashMap<String, Object>();
        layout.put("root", b.layout().root());
        layout.put("data", b.layout().data());
        layout.put("ports", b.layout().ports());
        layout.put("masters", b.layout().masters());
        layout.put("replicas", b.layout().replicas());
        b.layout().user().ifPresent(u -> layout.put("user", u));
        top.put("layout", layout);
        if (!b.config().isEmpty()) {
            top.put("config", b.config());
        }
        top.put("access", b.access() == Access.DIRECT ? "direct" : "through-hosts");
        top.put(
                "password",
                switch (b.password()) {
                    case Password.Generate g -> "generate";
                    case Password.Ask a -> "ask";
                    case Password.None n -> "none";
                    case Password.File f -> "file:" + f.path();
                });
        b.tls().ifPresent(t -> top.put("tls", tls(t)));
        if (!b.placement().isEmpty()) {
            top.put(
                    "placement",
                    b.placement().stream()
                            .map(shard -> shard.stream().map(Object::toString).toList())
                            .toList());
        }
        if (b.cure()) {
            top.put("cure", "yes");
        }
        return top;
    }

    /** A tree of maps, lists and scalars, be it whole or not, as YAML. */
    public static String text(Map<String, ?> tree) {
        var settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setIndicatorIndent(2)
                .setIndent(4)
                .setIndentWithIndicator(true)
                .setWidth(120)
                .build();
        return new Dump(settings).dumpToString(tree);
    }

    private static Map<String, Object> host(BuildHost h) {
        var map = new LinkedHashMap<String, Object>();
        map.put("name", h.name().value());
        map.put("ssh", h.ssh().address());
        if (h.ssh().port() != 0) {
            map.put("port", h.ssh().port());
        }
        if (h.ssh().user() != null) {
            map.put("user", h.ssh().user());
        }
        var auth = new ArrayList<>(h.ssh().keys());
        auth.add(h.ssh().password() ? "password" : "keys");
        map.put("auth", auth);
        if (h.ssh().jump() != null) {
            map.put("jump", h.ssh().jump());
        }
        if (!h.bind().isEmpty()) {
            map.put("bind", h.bind());
        }
        h.announce().ifPresent(a -> map.put("announce", a));
        if (!h.sudo()) {
            map.put("sudo", "no");
        }
        if (!h.labels().isEmpty()) {
            map.put("labels", h.labels());
        }
        return map;
    }

    private static Map<String, Object> redis(Blueprint.Release r) {
        var map = new LinkedHashMap<String, Object>();
        map.put("version", r.version());
        map.put("source", r.source().getClass().getSimpleName().toLowerCase(Locale.ROOT));
        switch (r.source()) {
            case Source.Download d -> map.putAll(sums("url", d.url(), d.sha256()));
            case Source.Upload u -> map.putAll(sums("file", u.file(), u.sha256()));
            case Source.Programs p -> map.putAll(sums("file", p.file(), p.sha256()));
            case Source.Packaged p -> {}
            case Source.Installed i -> map.put("folder", i.folder());
        }
        if (r.build() == Blueprint.Build.EACH) {
            map.put("build", "each");
        }
        if (!r.malloc().isEmpty()) {
            map.put("malloc", r.malloc());
        }
        return map;
    }

    private static Map<String, Object> tls(Encryption tls) {
        var map = new LinkedHashMap<String, Object>();
        switch (tls.certificates()) {
            case Certificates.Made made -> {
                map.put("certificates", "made");
                map.put("days", made.days());
            }
            case Certificates.Here here -> {
                map.put("certificates", "here");
                map.putAll(files(here.ca(), here.certificate(), here.key(), here.ours()));
            }
            case Certificates.OnHosts there -> {
                map.put("certificates", "hosts");
                map.putAll(files(there.ca(), there.certificate(), there.key(), there.ours()));
                map.put("trust", there.trust());
            }
        }
        map.put("clients", tls.clients().word());
        return map;
    }

    private static Map<String, String> files(String ca, String certificate, String key, Encryption.Ours ours) {
        var map = new LinkedHashMap<String, String>();
        map.put("ca", ca);
        map.put("certificate", certificate);
        map.put("key", key);
        if (!ours.certificate().isEmpty()) {
            map.put("client-certificate", ours.certificate());
            map.put("client-key", ours.key());
        }
        return map;
    }

    private static Map<String, String> sums(String key, String value, String sha256) {
        var map = new LinkedHashMap<String, String>();
        map.put(key, value);
        if (!sha256.isEmpty()) {
            map.put("sha256", sha256);
        }
        return map;
    }
}
