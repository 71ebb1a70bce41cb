package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.redis.tls.Issued;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What TLS adds to a plan, and what it forbids before any host is touched. */
class EncryptionPlanTest {

    private static final String THREE = """
        name: carts
        hosts:
          - {name: h1, ssh: 10.0.0.1}
          - {name: h2, ssh: 10.0.0.2}
          - {name: h3, ssh: 10.0.0.3}
        """;

    @TempDir
    Path folder;

    private static List<StepSpec> steps(BuildPlan plan, String kind) {
        return BuildPlannerTest.specs(plan).stream()
                .filter(s -> s.kind().equals("build." + kind))
                .toList();
    }

    private static List<String> bad(BuildPlan plan) {
        return plan.bad().stream()
                .map(r -> r.host().map(Object::toString).orElse("-") + " "
                        + r.why().key() + " "
                        + r.why().args().getOrDefault("why", "").toString().replaceFirst("\\{.*", ""))
                .map(String::strip)
                .toList();
    }

    @Test
    void isCompiledInAndConfiguredOnEveryHost() {
        var plan = BuildPlannerTest.plan(THREE + "tls: yes\n", Map.of());
        assertEquals(
                List.of(
                        "look",
                        "tools",
                        "source",
                        "compile",
                        "install",
                        "certify",
                        "configure",
                        "start",
                        "create",
                        "prove"),
                plan.plan().stages().stream().map(Stage::id).toList());
        for (var kind : List.of("tools", "compile")) {
            assertEquals(
                    List.of("yes"),
                    steps(plan, kind).stream().map(s -> s.arg("tls")).toList(),
                    kind);
        }
        assertTrue(
                steps(plan, "install").stream().allMatch(s -> s.arg("release").endsWith(" tls")), "another release");
        var names = steps(plan, "certify").getFirst().arg("names").split(" ");
        assertEquals(List.of("10.0.0.1", "127.0.0.1", "h1", "localhost"), List.of(names));
        assertTrue(
                plan.equivalent()
                        .contains(
                                "/redis-cli --askpass --tls --cacert /home/ops/redis-cluster/tls/ca.crt --cluster create "),
                plan.equivalent());
        assertEquals(
                List.of("build.cost.tls", "build.cost.authority"),
                plan.plan().costs().stream()
                        .map(c -> c.key())
                        .filter(k -> k.matches(".*(tls|authority)"))
                        .toList());
        var plain = BuildPlannerTest.plan(THREE, Map.of());
        assertEquals(
                List.of(""),
                steps(plain, "compile").stream().map(s -> s.arg("tls")).toList());
        assertEquals(Optional.empty(), plain.spec().tls());
    }

    @Test
    void anInstalledServerWithoutItIsRefused() {
        var wish = THREE + "redis: {source: installed, folder: /opt/redis}\n";
        var found = Map.of("h2", List.of("tls=no"));
        assertEquals(List.of("h2 build.pre.no-tls"), bad(BuildPlannerTest.plan(wish + "tls: yes\n", found)));
        assertEquals(List.of(), bad(BuildPlannerTest.plan(wish, found)));
    }

    @Test
    void soAreReadyProgramsWithoutIt() throws Exception {
        var pack = folder.resolve("pack.tar.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(pack))) {
            out.write(new byte[100_000]);
        }
        var wish = THREE + "redis: {source: programs, file: '" + pack + "'}\n";
        assertEquals(List.of("- build.pre.no-tls"), bad(BuildPlannerTest.plan(wish + "tls: yes\n", Map.of())));
        // where two reads meet
        for (int before : new int[] {0, 65_530, 65_536, 131_070}) {
            var bytes = new byte[140_000];
            var mark = "SSL_CTX_new".getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(mark, 0, bytes, before, mark.length);
            assertTrue(TlsPrograms.marked(new ByteArrayInputStream(bytes)), "at " + before);
            bytes[before + 3] = '-';
            assertFalse(TlsPrograms.marked(new ByteArrayInputStream(bytes)));
        }
    }

    /** Files of this computer: each thing that can be wrong with one host's. */
    @ParameterizedTest
    @CsvSource({
        "good,",
        "expired, h2 build.pre.certificate tls.expired",
        "other, h2 build.pre.certificate tls.name",
        "nameless, h2 build.pre.certificate tls.nameless",
        "stranger, h2 build.pre.certificate tls.stranger",
        "missing, h2 build.pre.no-pem",
        "mixed, h2 build.pre.key tls.key.other",
        "sealed, h2 build.pre.key tls.key.sealed",
    })
    void filesThatAreNoGoodForAHostAreRefused(String how, String why) throws Exception {
        var now = Instant.now();
        var ca = Authority.make("ours", now);
        var authority = Authority.of(ca.text(), ca.key());
        var stranger = Authority.make("theirs", now);
        Files.writeString(folder.resolve("ca.crt"), ca.text());
        for (var host : List.of("h1", "h2", "h3")) {
            var address = "10.0.0." + host.charAt(1);
            var issued = !host.equals("h2")
                    ? authority.issue(host, List.of(address), now, Duration.ofDays(9))
                    : switch (how) {
                        case "expired" ->
                            authority.issue(host, List.of(address), now.minusSeconds(99_999), Duration.ofDays(1));
                        case "other" -> authority.issue(host, List.of("10.0.0.1"), now, Duration.ofDays(9));
                        case "nameless" -> authority.issue(host, List.of(), now, Duration.ofDays(9));
                        case "stranger" ->
                            Authority.of(stranger.text(), stranger.key())
                                    .issue(host, List.of(address), now, Duration.ofDays(9));
                        default -> authority.issue(host, List.of(address), now, Duration.ofDays(9));
                    };
            write(host, issued);
        }
        if (how.equals("missing")) {
            Files.delete(folder.resolve("h2.key"));
        }
        var key = folder.resolve("h2.key");
        if (how.equals("mixed")) {
            Files.copy(folder.resolve("h1.key"), key, StandardCopyOption.REPLACE_EXISTING);
        }
        if (how.equals("sealed")) {
            Files.writeString(key, Files.readString(key).replace(" PRIVATE", " ENCRYPTED PRIVATE"));
        }
        var tls =
                "tls: {certificates: here, ca: '%1$s/ca.crt', certificate: '%1$s/{host}.crt', key: '%1$s/{host}.key'}\n"
                        .formatted(folder);
        var plan = BuildPlannerTest.plan(THREE + tls, Map.of());
        assertEquals(why == null ? List.of() : List.of(why), bad(plan));
        assertFalse(plan.plan().toString().contains("PRIVATE"));
    }

    /** What this computer is to show, with nodes' files that are all good. */
    @ParameterizedTest
    @CsvSource({
        "good,",
        "expired, - build.pre.client tls.expired",
        "stranger, - build.pre.client tls.stranger",
        "missing, - build.pre.no-client-pem",
        "mixed, - build.pre.client tls.key.other",
        "sealed, - build.pre.client tls.key.sealed",
        "empty, - build.pre.no-client-pem",
    })
    void whatThisComputerShowsIsLookedAt(String how, String why) throws Exception {
        var now = Instant.now();
        var ca = Authority.make("ours", now);
        var authority = Authority.of(ca.text(), ca.key());
        var stranger = Authority.make("theirs", now);
        Files.writeString(folder.resolve("ca.crt"), ca.text());
        for (var host : List.of("h1", "h2", "h3")) {
            write(host, authority.issue(host, List.of("10.0.0." + host.charAt(1)), now, Duration.ofDays(9)));
        }
        var from = how.equals("expired") ? now.minusSeconds(99_999) : now;
        var by = how.equals("stranger") ? Authority.of(stranger.text(), stranger.key()) : authority;
        write("me", by.issue("me", List.of(), from, Duration.ofDays(1)));
        var key = folder.resolve("me.key");
        switch (how) {
            case "missing" -> Files.delete(key);
            case "mixed" -> Files.copy(folder.resolve("h1.key"), key, StandardCopyOption.REPLACE_EXISTING);
            case "sealed" -> Files.writeString(key, Files.readString(key).replace(" PRIVATE", " ENCRYPTED PRIVATE"));
            case "empty" -> Files.writeString(folder.resolve("me.crt"), "");
            default -> {}
        }
        var ours = "client-certificate: '%1$s/me.crt', client-key: '%1$s/me.key', clients: yes}\n".formatted(folder);
        var here =
                "tls: {certificates: here, ca: '%1$s/ca.crt', certificate: '%1$s/{host}.crt', key: '%1$s/{host}.key', "
                        .formatted(folder);
        var there = "tls: {certificates: hosts, ca: /ca.crt, certificate: /n.crt, key: /n.key, trust: '%1$s/ca.crt', "
                .formatted(folder);
        var wanted = why == null ? List.<String>of() : List.of(why);
        assertEquals(wanted, bad(BuildPlannerTest.plan(THREE + here + ours, Map.of())));
        // by whom nodes judge it is seen on the hosts
        assertEquals(
                how.equals("stranger") ? List.of() : wanted,
                bad(BuildPlannerTest.plan(THREE + there + ours, Map.of())));
    }

    private void write(String host, Issued issued) throws Exception {
        Files.writeString(folder.resolve(host + ".crt"), issued.text());
        Files.writeString(folder.resolve(host + ".key"), issued.key().reveal());
    }

    /** One after another they would no longer understand each other. */
    @Test
    void aClusterThatRunsIsNotSwitched() {
        var running = Map.of("h1", List.of("ours=9000"));
        var sealed = BuildPlannerTest.plan(THREE + "tls: yes\n", running);
        var plain = BuildPlannerTest.plan(THREE, running);
        var asked = new Consent.Plain();
        assertInstanceOf(Offer.Refused.class, sealed.over(plain.spec(), asked).offer());
        assertInstanceOf(Offer.Refused.class, plain.over(sealed.spec(), asked).offer());
        assertInstanceOf(Offer.Ready.class, sealed.over(sealed.spec(), asked).offer());
        var begun = BuildPlannerTest.plan(THREE + "tls: yes\n", Map.of());
        assertInstanceOf(Offer.Ready.class, begun.over(plain.spec(), asked).offer());
    }
}
