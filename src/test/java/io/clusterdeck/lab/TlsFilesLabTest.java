package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.Building;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.redis.tls.Issued;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that lie ready on the hosts, for servers of an account of their own: what is wrong with them stands in the plan. */
@Tag("lab")
@Timeout(300)
class TlsFilesLabTest {

    @TempDir
    Path folder;

    private final Lab lab = Lab.bare(3);
    private final List<String> hosts = lab.hosts().stream().limit(3).toList();
    private Building building;
    private Issued ca;
    private Authority authority;

    @BeforeEach
    void begin() throws Exception {
        building = Building.over(folder).password("pl4nted");
        ca = Authority.make("theirs", Instant.now());
        authority = Authority.of(ca.text(), ca.key());
        Files.writeString(folder.resolve("ca.crt"), ca.text());
        var ours = authority.issue("me", List.of(), Instant.now(), Duration.ofDays(9));
        Files.writeString(folder.resolve("me.crt"), ours.text());
        Files.writeString(folder.resolve("me.key"), ours.key().reveal());
        for (var host : hosts) {
            lab.exec(host, "sh", "-c", "id redis >/dev/null 2>&1 || useradd --system redis");
            put(host, ca.text(), host);
        }
    }

    @AfterEach
    void end() {
        building.close();
    }

    /** Its key belongs to the servers' account and is closed to all others. */
    private void put(String host, String trusted, String named) throws Exception {
        var issued = authority.issue(named, List.of(lab.address(named)), Instant.now(), Duration.ofDays(9));
        write(host, "ca.crt", trusted);
        write(host, "node.crt", issued.text());
        write(host, "node.key", issued.key().reveal());
        lab.exec(host, "chown", "redis", "/etc/redis-tls/node.key");
        lab.exec(host, "chmod", "400", "/etc/redis-tls/node.key");
    }

    private void write(String host, String name, String text) {
        var packed = Base64.getEncoder().encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        lab.exec(
                host,
                "sh",
                "-c",
                "mkdir -p /etc/redis-tls && echo %s | base64 -d >/etc/redis-tls/%s".formatted(packed, name));
    }

    private Blueprint blueprint() {
        var list = hosts.stream()
                .map(h -> "  - {name: %s, ssh: %s, user: ops, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        return Building.read("""
            name: sealed
            hosts:
            %s
            redis: {source: packaged}
            layout: {root: /srv/sealed, user: redis}
            tls:
              certificates: hosts
              ca: /etc/redis-tls/ca.crt
              certificate: /etc/redis-tls/node.crt
              key: /etc/redis-tls/node.key
              trust: %2$s/ca.crt
              clients: yes
              client-certificate: %2$s/me.crt
              client-key: %2$s/me.key
            """.formatted(list, folder));
    }

    private List<String> bad() throws Exception {
        var words = Words.in(Locale.ENGLISH);
        return building.plan(blueprint()).bad().stream()
                .map(r -> r.host().orElseThrow() + " " + r.why().key() + " " + words.say(r.why()))
                .toList();
    }

    private void told(String host, String key, String part) throws Exception {
        var bad = bad();
        assertEquals(1, bad.size(), bad::toString);
        var one = bad.getFirst();
        assertEquals(List.of(host, key, true), List.of(one.split(" ")[0], one.split(" ")[1], one.contains(part)), one);
    }

    @Test
    void whatIsWrongIsToldBeforeAnythingIsDone() throws Exception {
        assertEquals(List.of(), bad());
        lab.exec("h1", "chown", "root", "/etc/redis-tls/node.key");
        told("h1", "build.certify.unreadable", "(redis) may not read /etc/redis-tls/node.key");
        lab.exec("h1", "rm", "/etc/redis-tls/node.key");
        told("h1", "build.certify.not-there", "/etc/redis-tls/node.key");
        put("h1", ca.text(), "h1");
        put("h2", ca.text(), "h1");
        told("h2", "build.certify.wrong", "made out to " + lab.address("h1"));
        put("h2", Authority.make("strangers", Instant.now()).text(), "h2");
        told("h2", "build.certify.authority", "/etc/redis-tls/ca.crt");
        put("h2", ca.text(), "h2");
        var stranger = Authority.make("another", Instant.now());
        var others = Authority.of(stranger.text(), Secret.of(stranger.key().reveal()))
                .issue("me", List.of(), Instant.now(), Duration.ofDays(9));
        var mine = Files.readString(folder.resolve("me.crt"));
        var key = Files.readString(folder.resolve("me.key"));
        Files.writeString(folder.resolve("me.crt"), others.text());
        Files.writeString(folder.resolve("me.key"), others.key().reveal());
        assertEquals(
                List.of("build.certify.client", "build.certify.client", "build.certify.client"),
                bad().stream().map(b -> b.split(" ")[1]).toList());
        Files.writeString(folder.resolve("me.crt"), mine);
        Files.writeString(folder.resolve("me.key"), key);
        built(building.plan(blueprint()));
    }

    private void built(BuildPlan plan) throws Exception {
        assertEquals(List.of(), plan.bad());
        var run = building.run(plan.plan());
        assertEquals(Outcome.DONE, run.ended().orElseThrow().outcome(), Building.why(run));
        assertEquals(6, building.infos(plan).size());
        for (var host : hosts) {
            lab.exec(
                    host,
                    "sh",
                    "-c",
                    "pkill -u redis; while pgrep -u redis >/dev/null; do sleep 0.1; done; rm -rf /srv/sealed");
        }
    }
}
