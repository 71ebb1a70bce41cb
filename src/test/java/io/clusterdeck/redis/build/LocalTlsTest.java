package io.clusterdeck.redis.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.deck.Authorities;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.plan.RunState;
import io.clusterdeck.plan.RunState.Phase;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.redis.Ports;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.redis.tls.Pem;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Guarded;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Six nodes on this computer that speak TLS only: built, looked at by who may, refused by who may not, and given new certificates while they run. */
@Tag("local")
class LocalTlsTest {

    private static final String PASSWORD = "hunter-22";

    @TempDir
    Path folder;

    private Path root;
    private int port;
    private Building building;
    private BuildPlan last;

    @BeforeEach
    void begin() throws IOException {
        root = folder.resolve("a b'c 大");
        port = Ports.block(6);
        building = Building.local(folder).password(PASSWORD);
    }

    @AfterEach
    void end() throws InterruptedException {
        if (last != null) {
            building.shutDown(last);
        }
        building.close();
    }

    private Blueprint blueprint(String tls) {
        return Building.read("""
            name: sealed
            hosts: [{name: here, ssh: local}]
            redis: {source: packaged}
            layout: {root: "%s", ports: %d}
            config: {cluster-node-timeout: 2000}
            tls: %s
            """.formatted(root, port, tls));
    }

    private RunState built(String tls) throws Exception {
        last = building.plan(blueprint(tls));
        assertEquals(List.of(), last.bad());
        var run = building.run(last.plan());
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), Building.why(run));
        return run;
    }

    private static Phase certified(RunState run) {
        return run.of(new StepId("certify/here")).phase();
    }

    private NodeAddress first() {
        return last.spec().seeds().getFirst();
    }

    /** What a link with these files comes to. */
    private Optional<Failure> refused(Optional<Tls> tls, NodeAddress node) throws InterruptedException {
        var login = new Login("", Optional.of(Secret.of(PASSWORD)));
        try (var links = new LettuceLinks(Ways.DIRECT, () -> login, () -> tls);
                var link = links.act(node)) {
            assertEquals("PONG", link.call("PING").text());
            return Optional.empty();
        } catch (Failure failure) {
            return Optional.of(failure);
        }
    }

    private static String reason(Optional<Failure> failure) {
        return failure.map(f -> f.next().key()).orElse("let in");
    }

    private String node() throws IOException {
        return Files.readString(root.resolve("tls/node.pem"));
    }

    @Test
    void builtSealedRefusedAndRenewed() throws Exception {
        var first = built("{days: 90}");
        assertEquals(Phase.DONE, certified(first));
        assertEquals(6, building.infos(last).size());
        var conf = Files.readString(root.resolve(port + "/redis.conf"));
        assertTrue(conf.contains("\nport 0\n") && conf.contains("tls-port " + port), "no port without TLS");
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("tls/node.pem"))));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls/ca.key"))));
        var secret = node().lines().skip(1).findFirst().orElseThrow();
        assertFalse(building.journal(last.plan()).contains(secret), "no key in the journal");
        assertFalse(last.plan().toString().contains("PRIVATE"), "no key in the plan");

        var ours = last.spec().tls().orElseThrow();
        assertEquals("let in", reason(refused(Optional.of(ours), first())));
        assertEquals("link.unreachable.next", reason(refused(Optional.empty(), first())), "no word without TLS");
        var stranger = new Guarded(folder.resolve("stranger"));
        Authorities.complete(stranger, blueprint("yes"));
        var others = new Tls(stranger.folder().resolve("ca.crt").toString(), "", "");
        var untrusted = refused(Optional.of(others), first());
        assertEquals("tls.stranger.next", reason(untrusted));
        assertTrue(untrusted.orElseThrow() instanceof SignInRefused, "not told as unreachable");
        var elsewhere = new NodeAddress("127.0.0.2", first().port());
        try (var links = new LettuceLinks(to -> Ways.DIRECT.to(first()), () -> Login.NONE, () -> Optional.of(ours))) {
            assertEquals(
                    "tls.name.next",
                    assertThrows(SignInRefused.class, () -> links.act(elsewhere))
                            .next()
                            .key());
        }

        assertEquals(Phase.WAS_THERE, certified(built("{days: 90}")));
        var before = node();
        var runs = building.infos(last).stream().map(i -> i.get("run_id")).toList();
        soonOver(20);
        assertEquals(Phase.DONE, certified(built("{days: 90}")), "20 days are too few");
        assertNotEquals(before, node());
        assertEquals(
                runs, building.infos(last).stream().map(i -> i.get("run_id")).toList(), "nobody was restarted");
        assertEquals(Pem.certificates(node()).getFirst().getNotAfter().toInstant(), shown(), "the new one is used");
    }

    private static final List<String> NAMES = List.of("127.0.0.1", "localhost", "here", "local");

    /** Puts a certificate there that ends in some days. */
    private void soonOver(int days) throws Exception {
        put(NAMES, Instant.now(), Duration.ofDays(days));
    }

    private void put(List<String> names, Instant from, Duration life) throws Exception {
        var authority = Authority.of(
                Files.readString(folder.resolve("tls/ca.crt")),
                Secret.of(Files.readString(folder.resolve("tls/ca.key"))));
        var issued = authority.issue("here", names, from, life);
        Files.writeString(root.resolve("tls/node.pem"), issued.key().reveal() + issued.text());
    }

    /** Lets every node show what is there now, while it may still be spoken to. */
    private void serve() throws Exception {
        var login = new Login("", Optional.of(Secret.of(PASSWORD)));
        try (var links =
                new LettuceLinks(Ways.DIRECT, () -> login, () -> last.spec().tls())) {
            for (var member : Members.of(last.plan()
                            .stages()
                            .getLast()
                            .steps()
                            .getFirst()
                            .spec()
                            .arg("members"))
                    .all()) {
                try (var link = links.act(member.address())) {
                    Reloading.now(member, link);
                }
            }
        }
    }

    private String reason() throws Exception {
        return reason(refused(last.spec().tls(), first()));
    }

    /** What a node shows is what counts, not what lies beside it. */
    @Test
    void aCertificateThatNodesStillShowIsRenewedWhateverItIs() throws Exception {
        built("{days: 90}");
        var runs = building.infos(last).stream().map(i -> i.get("run_id")).toList();
        put(NAMES, Instant.now().minus(Duration.ofDays(10)), Duration.ofDays(9));
        serve();
        assertEquals("tls.expired.next", reason());
        renewed();
        put(List.of("10.9.9.9"), Instant.now(), Duration.ofDays(90));
        serve();
        assertEquals("tls.name.next", reason());
        renewed();
        // as after an end between the writing and the reading
        soonOver(80);
        renewed();
        assertEquals(Phase.WAS_THERE, certified(built("{days: 90}")));
        assertEquals(
                runs, building.infos(last).stream().map(i -> i.get("run_id")).toList(), "nobody was restarted");
    }

    private void renewed() throws Exception {
        assertEquals(Phase.DONE, certified(built("{days: 90}")));
        assertEquals(Pem.certificates(node()).getFirst().getNotAfter().toInstant(), shown());
        assertEquals("let in", reason());
    }

    /** Until when the certificate lasts that a node shows. */
    private Instant shown() throws Exception {
        var process = new ProcessBuilder(
                        "sh", "-c", "openssl s_client -connect 127.0.0.1:" + port + " </dev/null 2>/dev/null")
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Pem.certificates(said.substring(said.indexOf("-----BEGIN")))
                .getFirst()
                .getNotAfter()
                .toInstant();
    }

    @Test
    void whoHasNoCertificateIsToldThatNodesWantOne() throws Exception {
        built("{clients: yes}");
        var ours = last.spec().tls().orElseThrow();
        assertEquals("let in", reason(refused(Optional.of(ours), first())));
        var bare = new Tls(ours.authority(), "", "");
        assertEquals("tls.wanted.next", reason(refused(Optional.of(bare), first())));
        // as OpenSSL writes keys that it makes for a curve
        var older = folder.resolve("older.key");
        var converted = new ProcessBuilder("openssl", "ec", "-in", ours.key(), "-out", older.toString()).start();
        assertEquals(0, converted.waitFor());
        assertTrue(Files.readString(older).contains("BEGIN EC PRIVATE KEY"));
        assertEquals(
                "let in",
                reason(refused(Optional.of(new Tls(ours.authority(), ours.certificate(), older.toString())), first())));
        Files.writeString(older, "no key");
        assertEquals(
                "link.tls-file.next",
                reason(refused(Optional.of(new Tls(ours.authority(), ours.certificate(), older.toString())), first())));
    }

    /** Each of three files is good for itself. */
    @Test
    void filesOnTheHostThatDoNotBelongTogetherAreRefused() throws Exception {
        var ca = Authority.make("ours", Instant.now());
        var strange = Authority.make("theirs", Instant.now());
        var issuer = Authority.of(ca.text(), ca.key());
        var issued = issuer.issue("here", NAMES, Instant.now(), Duration.ofDays(90));
        var other = issuer.issue("here", NAMES, Instant.now(), Duration.ofDays(90));
        Files.writeString(folder.resolve("trust.crt"), ca.text());
        Files.writeString(folder.resolve("n.crt"), issued.text());
        var tls =
                "{certificates: hosts, ca: '%1$s/ca.crt', certificate: '%1$s/n.crt', key: '%1$s/n.key', trust: '%1$s/trust.crt'}"
                        .formatted(folder);
        for (var wrong : List.of("by " + folder + "/ca.crt", "not that of the certificate")) {
            boolean authority = wrong.startsWith("by");
            Files.writeString(folder.resolve("ca.crt"), ca.text());
            Files.writeString(folder.resolve("n.key"), issued.key().reveal());
            last = building.plan(blueprint(tls));
            assertEquals(List.of(), last.bad());
            Files.writeString(folder.resolve("ca.crt"), authority ? strange.text() : ca.text());
            Files.writeString(
                    folder.resolve("n.key"), (authority ? issued : other).key().reveal());
            var bad = building.plan(blueprint(tls)).bad();
            assertEquals(1, bad.size(), bad::toString);
            assertTrue(Words.in(Locale.ENGLISH).say(bad.getFirst().why()).contains(wrong), bad::toString);
            var run = building.run(last.plan());
            assertEquals(Phase.FAILED, certified(run), Building.why(run));
            assertTrue(Building.why(run).contains(wrong), Building.why(run));
        }
    }
}
