package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema of the blueprint and its reader say the same: what stands where, and what is allowed there. */
class BlueprintSchemaTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FILE = "/schema/blueprint.schema.json";

    private final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(BlueprintSchemaTest.class.getResourceAsStream(FILE));

    private boolean accepts(String yaml) {
        var tree = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        return schema.validate(MAPPER.valueToTree(tree)).isEmpty();
    }

    private static boolean isRead(String yaml) {
        return BlueprintReader.read("x.yaml", yaml) instanceof Reading.Good;
    }

    @Test
    void theKeysAreThoseOfTheReader() throws IOException {
        JsonNode whole;
        try (var in = BlueprintSchemaTest.class.getResourceAsStream(FILE)) {
            whole = MAPPER.readTree(in);
        }
        assertKeys(BlueprintReader.TOP, whole);
        assertKeys(LayoutReader.LAYOUT, whole.at("/$defs/layout"));
        assertKeys(ReleaseReader.KEYS, whole.at("/$defs/redis"));
        assertKeys(EncryptionReader.KEYS, whole.at("/$defs/tls"));
        assertKeys(HostReader.KEYS, whole.at("/$defs/host/anyOf/1"));
        var decided = new TreeSet<String>();
        whole.at("/properties/config/propertyNames/not/enum").forEach(d -> decided.add(d.asText()));
        assertEquals(new TreeSet<>(ConfigReader.DECIDED.keySet()), decided);
    }

    private static void assertKeys(Collection<String> read, JsonNode of) {
        var told = new TreeSet<String>();
        of.get("properties").fieldNames().forEachRemaining(told::add);
        assertEquals(new TreeSet<>(read), told);
    }

    static List<Path> examples() throws IOException {
        return BlueprintTest.examples();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleFitsAlsoAsItIsWrittenBack(Path file) throws IOException {
        var text = Files.readString(file);
        assertEquals(true, accepts(text));
        var read = assertInstanceOf(Reading.Good.class, BlueprintReader.read(file.toString(), text));
        assertEquals(true, accepts(BlueprintWriter.write(read.blueprint())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layout: {masters: 5, replicas: 0, ports: [7000, 7001], user: redis, root: /srv/x y, data: 大}",
                "redis: {source: upload, version: 6.2.3, file: ~/r.tar.gz, build: each, malloc: libc}",
                "redis: {url: 'https://mirror:8443/@scope/redis-{version}.tar.gz?by=a@b'}",
                "redis: {source: installed, folder: /opt/redis/bin, version: 7.0.15}",
                "config: {save: ['900 1', '300 10'], maxmemory: 2gb, hz: 10, masteruser: '\"a b\"'}",
                "config: {user: ['app on #0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef ~* +@all', 'default off'], rename-command: 'DEBUG \"\"'}",
                "production: true",
                "password: 'file:/p w'",
                "access: direct",
                "placement: [[h1:9000, h2:9001], [h2:9000, h3:9001], [h3:9000, h1:9001]]",
                "cure: no",
                "tls: yes",
                "tls: {clients: yes, days: 90}",
                "tls: {clients: 'optional'}",
                "tls: {certificates: here, ca: ca.crt, certificate: 'n/{host}.crt', key: 'n/{host}.key'}",
                "tls: {certificates: hosts, ca: /c, certificate: /n, key: /k, trust: ~/c, clients: yes,"
                        + " client-certificate: o, client-key: k}",
            })
    void bothAccept(String line) {
        assertEquals(true, isRead(BlueprintTest.GOOD + line + "\n"), "read");
        assertEquals(true, accepts(BlueprintTest.GOOD + line + "\n"), "schema");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layuot: {masters: 3}",
                "layout: {masters: 2}",
                "layout: {masters: three}",
                "layout: {replicas: 6}",
                "layout: {ports: [9000, 9000]}",
                "layout: {ports: [70000, 1]}",
                "layout: {root: relative}",
                "layout: {root: /ends/}",
                "layout: {data: a/b}",
                "layout: {data: ..}",
                "production: maybe",
                "redis: {source: dowload}",
                "redis: {version: 6.2}",
                "redis: {sha256: abc}",
                "redis: {source: upload}",
                "redis: {malloc: tcmalloc}",
                "redis: {url: 'https://ci:hunter2@mirror/r.tar.gz'}",
                "redis: {url: 'https://token@mirror/r.tar.gz'}",
                "redis: {url: 'ci:hunter2@mirror/r.tar.gz'}",
                "config: {requirepass: x}",
                "config: {Port: 1}",
                "config: {tls-key-file-pass: hunter2}",
                "config: {user: 'app on >hunter2 ~* +@all'}",
                "config: {user: ['default off', 'app on \">hunter 2\"']}",
                "config: {user: 'app on <hunter2'}",
                "config: {rename-command: 'CONFIG hunter2'}",
                "config: {maxmemory: \"a\\nb\"}",
                "placement: [[h1:9000], [h2:9000]]",
                "password: hunter2",
                "access: tunnel",
                "tls: maybe",
                "tls: {certificates: bought}",
                "tls: {clients: perhaps}",
                "tls: {days: 0}",
                "tls: {ca: ca.crt}",
                "tls: {certificates: here, ca: c, certificate: n}",
                "tls: {certificates: here, ca: c, certificate: n, key: k, trust: c}",
                "tls: {certificates: here, ca: c, certificate: n, key: k, days: 9}",
                "tls: {certificates: here, ca: c, certificate: n, key: k, clients: yes}",
                "tls: {certificates: here, ca: c, certificate: n, key: k, client-key: k}",
                "tls: {certificates: hosts, ca: /c, certificate: /n, key: /k}",
                "tls: {certificates: hosts, ca: /c, certificate: n, key: /k, trust: c}",
                "config: {tls-port: 1}",
            })
    void bothRefuse(String line) {
        assertEquals(false, isRead(BlueprintTest.GOOD + line + "\n"), "read");
        assertEquals(false, accepts(BlueprintTest.GOOD + line + "\n"), "schema");
    }

    /** Every key of redis with every source: both take it where it means something, and only there. */
    @ParameterizedTest
    @ValueSource(strings = {"download", "upload", "programs", "packaged", "installed"})
    void aKeyWithoutMeaningForItsSourceIsRefused(String source) {
        var examples = Map.of(
                "url", "'http://mirror/redis-{version}.tar.gz'",
                "file", "/r.tar.gz",
                "folder", "/opt/redis",
                "sha256", "'" + "0".repeat(64) + "'",
                "build", "each",
                "malloc", "libc");
        var needed = source.matches("upload|programs") ? ", file: /r.tar.gz" : "";
        var taken = new TreeSet<String>();
        examples.forEach((key, value) -> {
            var more = needed.contains(key + ":") ? "" : ", " + key + ": " + value;
            var yaml = BlueprintTest.GOOD + "redis: {source: " + source + needed + more + "}\n";
            assertEquals(isRead(yaml), accepts(yaml), yaml);
            if (isRead(yaml)) {
                taken.add(key);
            }
        });
        var meaning = Map.of(
                "download", "[build, malloc, sha256, url]",
                "upload", "[build, file, malloc, sha256]",
                "programs", "[file, sha256]",
                "packaged", "[]",
                "installed", "[folder]");
        assertEquals(meaning.get(source), taken.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{name: x}",
                "{hosts: [a, b, c]}",
                "{name: .x, hosts: [a, b, c]}",
                "{name: x, hosts: [{name: a}]}",
                "{name: x, hosts: [{ssh: a, bind: nowhere}, b, c]}",
                "{name: x, hosts: [{ssh: a, auth: pasword}, b, c]}",
                "{name: x, hosts: [{ssh: a, sshd: 2}, b, c]}",
                "{name: x, hosts: [{ssh: a, port: 70000}, b, c]}",
            })
    void bothRefuseTheHosts(String yaml) {
        assertEquals(false, isRead(yaml), "read");
        assertEquals(false, accepts(yaml), "schema");
    }
}
