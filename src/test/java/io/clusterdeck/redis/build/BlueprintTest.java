package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.clusterdeck.redis.build.Blueprint.Password;
import io.clusterdeck.redis.build.Blueprint.Source;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class BlueprintTest {

    static final String GOOD = """
        name: carts
        hosts:
          - {name: h1, ssh: 10.0.0.1}
          - {name: h2, ssh: 10.0.0.2}
          - {name: h3, ssh: 10.0.0.3}
        """;

    private static Blueprint good(String text) {
        return switch (BlueprintReader.read("carts.yaml", text)) {
            case Reading.Good g -> g.blueprint();
            case Reading.Bad b -> throw new AssertionError(b.mistakes());
        };
    }

    private static List<Mistake> bad(String text) {
        return assertInstanceOf(Reading.Bad.class, BlueprintReader.read("carts.yaml", text))
                .mistakes();
    }

    @Test
    void theShortestBlueprintHasUsefulDefaults() {
        var b = good(GOOD);
        assertEquals(List.of(9000, 9001), b.layout().ports());
        assertEquals(new Password.Generate(), b.password());
        assertEquals(
                KnownReleases.sha256("6.2.3").orElseThrow(),
                ((Source.Download) b.redis().source()).sha256());
    }

    /** Each line of a blueprint replaced by a wrong one: where the mistake is found, and as what. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "layuot: {masters: 3} | 6 | 1 | build.yaml.unknown-key-near",
                "zzzzzzzz: 1 | 6 | 1 | build.yaml.unknown-key",
                "layout: {masters: 2} | 6 | 19 | build.yaml.out-of-range",
                "layout: {masters: three} | 6 | 19 | build.yaml.not-a-number",
                "layout: {replicas: 3} | 6 | 9 | build.yaml.replicas-need-hosts",
                "layout: {ports: 55535} | 6 | 17 | build.yaml.ports-too-high",
                "layout: {ports: [9000]} | 6 | 17 | build.yaml.ports-too-few",
                "layout: {ports: [9000, 9000]} | 6 | 24 | build.yaml.port-twice",
                "layout: {ports: [9000, 19000]} | 6 | 17 | build.yaml.port-is-bus",
                "layout: {ports: [70000, 1]} | 6 | 18 | build.yaml.out-of-range",
                "layout: {root: relative} | 6 | 16 | build.yaml.bad-root",
                "layout: {data: a/b} | 6 | 16 | build.yaml.bad-folder",
                "production: maybe | 6 | 13 | build.yaml.not-a-flag",
                "redis: {source: dowload} | 6 | 17 | build.yaml.unknown-value-near",
                "redis: {version: 6.2} | 6 | 18 | build.yaml.bad-version",
                "redis: {version: 6.2.9} | 6 | 8 | build.yaml.missing",
                "redis: {sha256: abc} | 6 | 17 | build.yaml.bad-sha256",
                "redis: {source: upload} | 6 | 8 | build.yaml.missing",
                "redis: {source: 'http://x/r.tar.gz'} | 6 | 17 | build.yaml.source-is-url",
                "redis: {url: 'https://ci:hunter2@mirror/r.tar.gz'} | 6 | 14 | build.yaml.url-signs-in",
                "redis: {url: 'hunter2@mirror/r.tar.gz'} | 6 | 14 | build.yaml.url-signs-in",
                "redis: {url: 'http://x/r', source: packaged} | 6 | 14 | build.yaml.not-for-source",
                "redis: {source: installed, build: each} | 6 | 35 | build.yaml.not-for-source",
                "redis: {folder: /opt/redis} | 6 | 17 | build.yaml.not-for-source",
                "config: {requirepass: x} | 6 | 23 | build.yaml.decided",
                "config: {primaryauth: hunter2} | 6 | 23 | build.yaml.decided",
                "config: {tls-key-file-pass: hunter2} | 6 | 29 | build.yaml.secret",
                "config: {user: 'app on >hunter2 ~*'} | 6 | 16 | build.yaml.secret",
                "config: {user: [default off, 'app on \"\\x3ehunter2\"']} | 6 | 30 | build.yaml.secret",
                "config: {user: 'app on <hunter2 ~*'} | 6 | 16 | build.yaml.secret",
                "config: {rename-command: CONFIG hunter2} | 6 | 26 | build.yaml.secret",
                "config: {tls-cluster: 'yes'} | 6 | 23 | build.yaml.decided",
                "tls: {certificates: her} | 6 | 21 | build.yaml.unknown-value-near",
                "tls: {days: 90, certificates: hosts} | 6 | 13 | build.yaml.not-for-certificates",
                "tls: {certificates: here, ca: c, key: k} | 6 | 6 | build.yaml.missing",
                "tls: {certificates: hosts, ca: c, certificate: /n, key: /k, trust: c} | 6 | 32 | build.yaml.not-absolute",
                "config: {maxmemory: '\"1'} | 6 | 21 | build.yaml.quotes",
                "placement: [[h1:9000], [h2:9000]] | 6 | 12 | build.yaml.shards",
                "placement: [[h1:9000, h9:1], [h2:9000], [h3:9000]] | 6 | 23 | build.yaml.no-node",
                "placement: [[h1:9000], [h1:9000], [h3:9000]] | 6 | 24 | build.yaml.node-twice",
                "name: again | 6 | 1 | build.yaml.twice",
                "hosts: [x | 7 | 1 | build.yaml.syntax",
            })
    void everyMistakeHasItsPlaceAndItsReason(String line, int at, int column, String key) {
        var mistake = bad(GOOD + line + "\n").getFirst();
        var place =
                mistake.line() + ":" + mistake.column() + " " + mistake.what().key();
        assertFalse(mistake.toString().contains("hunter2"), mistake.toString());
        // a missing key is told as such, what it is comes with what is allowed
        assertEquals(at + ":" + column + " " + key, place, mistake.toString());
        for (var locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
            var words = Words.in(locale).say(mistake.say());
            assertFalse(words.contains("build.") || words.contains("{"), words);
        }
    }

    @Test
    void allMistakesAreFoundAtOnce() {
        var mistakes = bad("""
            nmae: x
            hosts:
              - {name: h1, ssh: a, bind: nowhere}
              - {name: h1, ssh: b}
              - {name: h2, ssh: a, sshd: 2}
            layout: {masters: 1}
            cure: perhaps
            """);
        assertEquals(
                List.of(1, 1, 3, 4, 5, 5, 6, 7),
                mistakes.stream().map(Mistake::line).sorted().toList(),
                mistakes.toString());
    }

    @Test
    void aPasswordInTheBlueprintIsRefusedAndNotRepeated() {
        var mistakes = bad(GOOD + "password: hunter2\n");
        assertEquals("build.yaml.password", mistakes.getFirst().what().key());
        assertFalse(mistakes.toString().contains("hunter2"));
    }

    @Test
    void theReadmesBlueprintIsGood() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var yaml = readme.substring(readme.indexOf("```yaml") + 7);
        var b = good(yaml.substring(0, yaml.indexOf("```")).stripIndent());
        assertEquals(6, b.layout().nodes());
    }

    static List<Path> examples() throws IOException {
        try (var files = Files.list(Path.of("docs/examples"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsReadAndWrittenBack(Path file) throws IOException {
        var b = good(Files.readString(file));
        assertEquals(b, good(BlueprintWriter.write(b)));
        Placement.of(b);
    }

    @Test
    void hostileNamesSurviveWriting() {
        var b = good("""
            name: "a b'\\"$(x) 大"
            hosts: [{name: "h: #1", ssh: "ops@[fe80::1]:2222", auth: [keys, ~/k], labels: {rack: "yes"}}]
            layout: {root: "/srv/a \\\\ 'b'"}
            config: {save: ["900 1", "300 10"], maxmemory: 2gb, masteruser: '"a b"'}
            password: file:/p w
            """);
        assertEquals("fe80::1", b.hosts().getFirst().ssh().address());
        assertEquals(2222, b.hosts().getFirst().ssh().port());
        assertEquals(b, good(BlueprintWriter.write(b)));
    }

    @Test
    void aMistakeIsToldOnce() {
        assertEquals(
                1, bad(GOOD + "redis: {version: 6.2.3, source: {url: x}}\n").size());
    }
}
