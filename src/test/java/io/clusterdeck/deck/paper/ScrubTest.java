package io.clusterdeck.deck.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.SayLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are planted everywhere that text may hold one; none of them leaves. */
class ScrubTest {
    private static final String PLANTED = "Tr0ub4dor&3xyz";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "requirepass %s",
                "masterauth \"%s\"",
                "CONFIG SET requirepass '%s'",
                "redis-cli -h 10.0.0.1 -p 9000 -a %s CLUSTER NODES",
                "REDISCLI_AUTH=%s redis-cli ping",
                "sshpass -p %s ssh ops@h1",
                "AUTH %s",
                "AUTH ops %s",
                "HELLO 3 AUTH default %s",
                "{\"password\":\"%s\",\"x\":1}",
                "{\"args\":{\"sudoPassword\": \"%s\"}}",
                "password: %s",
                "api_token = %s",
                "redis://ops:%s@10.0.0.1:6379/0",
                "redis://:%s@10.0.0.1",
                "ACL SETUSER ops on >%s ~* +@all",
                "user ops on >first >%s ~* +@all",
                "tls-key-file-pass %s",
                "-----BEGIN OPENSSH PRIVATE KEY-----\n%s\n-----END OPENSSH PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\n%s",
            })
    void takesThemOutWhereverTheyStand(String line) {
        var clean = new Scrub(List.of()).text(line.formatted(PLANTED));
        assertFalse(clean.contains(PLANTED), clean);
        assertTrue(clean.contains(Scrub.GONE), clean);
    }

    @Test
    void aKnownOneGoesWhereverItStands() {
        var clean =
                new Scrub(List.of(Secret.of("hunter2hunter2"))).text("ERR at hunter2hunter2, twice: hunter2hunter2");
        assertEquals("ERR at " + Scrub.GONE + ", twice: " + Scrub.GONE, clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12:04:17 INFO open orders-prod: 10.0.0.1:9000 refused the connection",
                "cluster-node-timeout 5000",
                "{\"key\":\"deck.audit.done\",\"args\":{\"plan\":\"restart-20261122\"}}",
                "the passage was closed"
            })
    void leavesTheRest(String line) {
        assertEquals(line, new Scrub(List.of()).text(line));
    }

    @Test
    void theBundleHoldsWhatHelpsAndNoSecret(@TempDir Path folder) throws Exception {
        var home = Home.at(folder.resolve("home"));
        home.keep("carts", Map.of("name", "carts", "seeds", List.of()));
        home.secrets().keep("clusters/carts/requirepass", Secret.of(PLANTED));
        home.audit("carts")
                .add(new SayLog.Entry(Instant.now(), "ops@deck", Say.of("deck.audit.done", "what", "AUTH " + PLANTED)));
        Files.createDirectories(home.runs("carts"));
        Files.writeString(home.runs("carts").resolve("kill-1.jsonl"), "{\"line\":\"requirepass " + PLANTED + "\"}\n");
        Files.createDirectories(home.folder().resolve("logs"));
        Files.writeString(home.folder().resolve("logs/clusterdeck-2026-11-22.log"), "it was " + PLANTED + "\n");
        Files.writeString(home.of("carts").resolve("foreign.txt"), PLANTED);
        var bundle = new HomePapers(home, () -> List.of(Secret.of(PLANTED))).support();
        assertEquals(
                List.of(
                        "versions.txt",
                        "carts/audit.jsonl",
                        "carts/cluster.yaml",
                        "carts/runs/kill-1.jsonl",
                        "logs/clusterdeck-2026-11-22.log"),
                bundle.parts().stream().map(SupportBundle.Part::name).toList());
        var file = folder.resolve("support.zip");
        var link = Files.createSymbolicLink(folder.resolve("link.zip"), file);
        bundle.save(link);
        assertTrue(Files.isSymbolicLink(link), "what is no file, such as /dev/stdout, is not replaced by one");
        try (var zip = new ZipFile(file.toFile())) {
            assertEquals(bundle.parts().size(), zip.size());
            for (var entry : java.util.Collections.list(zip.entries())) {
                var text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
                assertFalse(text.contains(PLANTED), entry.getName());
            }
        }
    }
}
