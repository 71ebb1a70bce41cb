package io.clusterdeck.deck.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterState;
import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.SlotOwners;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.SayLog;
import io.clusterdeck.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit's rows and their files; cards of a cluster, also of one that nobody reaches any more. */
class PaperTest {
    private static final Words ENGLISH = Words.in(Locale.ENGLISH);
    private static final Instant AT = Instant.parse("2026-11-22T09:00:00Z");

    /** What a disk or another program cut short is not passed over in silence. */
    @Test
    void anAuditWithGapsSaysSo(@TempDir Path folder) throws Exception {
        var home = Home.at(folder);
        Files.createDirectories(home.of("carts"));
        var log = home.audit("carts");
        log.add(entry(0, "noted", "a", ""));
        var papers = new HomePapers(home, List::of);
        assertEquals(1, papers.audit().size());
        Files.writeString(log.file(), "{\"at\": \"2026\n", StandardOpenOption.APPEND);
        var rows = papers.audit();
        assertEquals(2, rows.size());
        assertEquals(
                Say.of("deck.audit.unread", "n", 1, "file", log.file()),
                rows.getFirst().what());
    }

    /** An audit that is handed on begins where it began. */
    @Test
    void alsoALongAuditIsWhole(@TempDir Path folder) throws Exception {
        var home = Home.at(folder);
        var log = home.audit("carts");
        log.add(entry(0, "noted", "a", ""));
        var line = Files.readString(log.file());
        Files.writeString(log.file(), line.repeat(1 + (5 << 20) / line.length()));
        assertEquals(
                1 + (5 << 20) / line.length(),
                new HomePapers(home, List::of).audit().size());
    }

    private static SayLog.Entry entry(int second, String word, String what, String plan) {
        return new SayLog.Entry(
                AT.plusSeconds(second),
                "ops@deck",
                Say.of("deck.audit." + word, "what", Say.of("nodes.plan.restart", "node", what), "plan", plan));
    }

    @Test
    void aBeginningAndItsEndAreOneRow() {
        var rows = AuditRows.of(
                "carts",
                List.of(
                        entry(0, "started", "a:1", "p1"),
                        entry(1, "started", "a:2", "p2"),
                        entry(3, "failed", "a:1", "p1"),
                        entry(4, "resumed", "a:1", "p1"),
                        entry(9, "done", "a:1", "p1"),
                        entry(10, "done", "a:0", "p0")));
        assertEquals(
                List.of("started failed", "started ", "resumed done", "started done"),
                rows.stream().map(r -> r.deed() + " " + r.outcome().orElse("")).toList());
        assertEquals("Restart a:1", ENGLISH.say(rows.getFirst().what()));
    }

    @Test
    void exportsAreReadByOthers() throws IOException {
        var evil = AuditRows.of("carts", List.of(entry(0, "started", "=HYPERLINK(\"x\"),\n2", "p,1")));
        var csv = AuditRows.csv(evil, s -> "=cmd " + ENGLISH.say(s));
        assertTrue(
                csv.startsWith("at,by,cluster,deed,what,outcome,ended,plan\r\n2026-11-22T09:00:00Z,ops@deck,carts,"),
                csv);
        assertTrue(csv.contains("\"'=cmd Restart =HYPERLINK(\"\"x\"\"),\n2\""), csv);
        assertTrue(csv.contains("\"p,1\""), csv);
        var json = new ObjectMapper().readTree(AuditRows.json(evil, ENGLISH::say));
        assertEquals("nodes.plan.restart", json.get(0).get("what").get("key").asText());
        assertEquals("carts", json.get(0).get("cluster").asText());
    }

    private static ClusterSpec spec(ClusterSpec.Access access) {
        var site = NodeSite.of(
                        new NodeAddress("10.0.0.1", 9000),
                        new HostName("h1"),
                        new RemotePath("~/redis cluster/bin/redis-server"),
                        new RemotePath("/etc/redis/9000.conf"),
                        new RemotePath("/data/9000"))
                .runBy(Optional.of("redis"))
                .startedBy(Optional.of("redis@9000.service"));
        return new ClusterSpec(
                "carts <prod>",
                true,
                false,
                List.of(new HostSpec(new HostName("h1"), "10.0.0.1", 2222, "ops", List.of(), null, false)),
                List.of(site.address()),
                access,
                "admin",
                List.of(site));
    }

    private static ClusterState nobody() {
        var owner = new short[SlotRange.SLOTS];
        java.util.Arrays.fill(owner, (short) -1);
        return new ClusterState(
                "carts",
                AT,
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                new SlotOwners(List.of(), owner),
                0,
                Duration.ofSeconds(1),
                0);
    }

    @Test
    void aClusterThatNobodyReachesHasACard() {
        var card = new RescueCard(spec(ClusterSpec.Access.DIRECT), nobody(), AT);
        var text = new CardWriter(ENGLISH::say, "en").markdown(card);
        for (var line : List.of(
                "read -rs REDISCLI_AUTH && export REDISCLI_AUTH",
                "redis-tools",
                "redis-cli --user admin -h 10.0.0.1 -p 9000 CLUSTER INFO",
                "redis-cli --user admin --cluster check 10.0.0.1:9000",
                "ssh -p 2222 -l ops 10.0.0.1",
                "sudo systemctl start redis@9000.service",
                "journalctl -n 200 -f -u redis@9000.service",
                "| 9000 | ~/redis cluster/bin/redis-server | /etc/redis/9000.conf | /data/9000 | – | redis |")) {
            assertTrue(text.contains(line), line + "\nin\n" + text);
        }
    }

    /** A relative dir or include means what it meant only from the folder of the last start. */
    @Test
    void aServerIsStartedByHandAsItWasStarted() {
        var kept = spec(ClusterSpec.Access.DIRECT).sites().getFirst();
        var site = NodeSite.of(kept.address(), kept.host(), kept.binary(), kept.conf(), kept.directory())
                .logging(kept.log())
                .runBy(Optional.of("redis"));
        var hand = new ByHand(spec(ClusterSpec.Access.DIRECT));
        assertEquals(
                "sudo -u redis sh -c 'cd /data/9000 && ~/'\\''redis cluster/bin/redis-server'\\'' /etc/redis/9000.conf'",
                hand.start(site));
        var how =
                new LastRun("/data", "65536", List.of("TZ=Asia/Tokyo", "LD_PRELOAD=/opt/my lib.so"), Optional.of(true));
        var own = site.ran(site.binary(), "ops", Optional.empty(), how);
        assertEquals(
                "ulimit -n 65536; cd /data && env TZ=Asia/Tokyo 'LD_PRELOAD=/opt/my lib.so'"
                        + " ~/'redis cluster/bin/redis-server' /etc/redis/9000.conf",
                hand.start(own));
    }

    @Test
    void throughItsHostTheLineIsTypedThere() {
        var line = new ByHand(spec(ClusterSpec.Access.THROUGH_HOSTS))
                .redis(new HostName("h1"), new NodeAddress("10.0.0.1", 9000), List.of("CLUSTER", "FAILOVER"));
        assertEquals(
                "ssh -t -p 2222 -l ops 10.0.0.1 '~/'\\''redis cluster/bin/redis-cli'\\'' --askpass --user admin"
                        + " -h 10.0.0.1 -p 9000 CLUSTER FAILOVER'",
                line);
    }

    /** The lines of a step of h1, without what stands before all. */
    private static List<String> typed(String... commands) {
        var step = new Step() {
            @Override
            public StepId id() {
                return new StepId("probe");
            }

            @Override
            public HostName on() {
                return new HostName("h1");
            }

            @Override
            public StepSpec spec() {
                return new StepSpec("probe", Map.of());
            }

            @Override
            public Say title() {
                return Say.of("drill.step.probe");
            }

            @Override
            public List<String> commands() {
                return List.of(commands);
            }

            @Override
            public Verdict check(Ground ground) {
                return new Verdict.Needed(Say.of("drill.probe.not-yet"));
            }

            @Override
            public void apply(Ground ground, Consumer<Line> live) {}
        };
        var stage = new Stage("probe", Say.of("drill.step.probe"), List.of(step));
        var plan = new Plan(new PlanId("p"), new ClusterRef("carts"), Say.of("drill.plan"), List.of(stage), List.of());
        var lines = new ByHand(spec(ClusterSpec.Access.THROUGH_HOSTS)).lines(plan, ENGLISH::say);
        return lines.subList(1, lines.size());
    }

    /** As a drill's probe shows what it does over and over. */
    @Test
    void whatStandsForManyCommandsIsNotALineToType() {
        assertEquals(
                List.of("# SET clusterdeck:drill:run:{…}:N N EX 3600", "ssh -n -p 2222 -l ops 10.0.0.1 uptime"),
                typed("SET clusterdeck:drill:run:{…}:N N EX 3600", "uptime"));
    }

    /** Of lines that are pasted together the second would let writes in that the heir never gets. */
    @Test
    void nobodyIsUnpausedBeforeTheHandOverIsOver() {
        var lines = typed("redis-cli -p 9003 CLUSTER FAILOVER", "redis-cli -p 9000 CLIENT UNPAUSE");
        assertEquals("sleep 6", lines.get(lines.size() - 2), lines::toString);
        assertTrue(lines.getLast().endsWith("CLIENT UNPAUSE'"), lines::toString);
    }

    @Test
    void whatIsWrittenIsNoMarkup(@TempDir Path folder) throws IOException {
        var card = new RescueCard(spec(ClusterSpec.Access.DIRECT), nobody(), AT);
        var file = Files.writeString(folder.resolve("card.html"), new CardWriter(ENGLISH::say, "en").html(card));
        var html = Files.readString(file);
        assertTrue(html.contains("carts &lt;prod&gt;"), html);
        assertFalse(html.contains("<prod>"), html);
        assertFalse(html.contains("http"), "it needs nothing from anywhere");
    }
}
