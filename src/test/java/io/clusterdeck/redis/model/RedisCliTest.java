package io.clusterdeck.redis.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lines of redis-cli: with whose files TLS is spoken, and as whom. */
class RedisCliTest {
    private static final HostName H1 = new HostName("h1");
    private static final NodeAddress NODE = new NodeAddress("10.0.0.1", 9000);
    private static final Tls OURS = new Tls("/home/me/my files/ca.crt", "", "");

    private static RedisCli cli(Access access, Optional<Tls> there) {
        var site = NodeSite.of(
                        NODE,
                        H1,
                        new RemotePath("~/redis/bin/redis-server"),
                        new RemotePath("/etc/redis.conf"),
                        new RemotePath("/data"))
                .runBy(Optional.of("redis"))
                .sealed(there);
        return new RedisCli(new ClusterSpec(
                "carts",
                false,
                false,
                List.of(new HostSpec(H1, "10.0.0.1", 22, "ops", List.of(), null, false)),
                List.of(NODE),
                access,
                "admin",
                List.of(site),
                Optional.of(OURS)));
    }

    @Test
    void hereOurFilesAreNamed() {
        var cli = cli(Access.DIRECT, Optional.of(new Tls("/tls/ca.crt", "", "")));
        assertEquals(
                "redis-cli --user admin --tls --cacert '/home/me/my files/ca.crt' -h 10.0.0.1 -p 9000 CONFIG SET a 'b c'",
                cli.to(H1, NODE, List.of("CONFIG", "SET", "a", "b c")));
        assertFalse(cli.asks(H1));
    }

    @Test
    void onAHostThoseThatItsNodesUse() {
        var cli = cli(Access.THROUGH_HOSTS, Optional.of(new Tls("/tls/ca.crt", "", "")));
        assertEquals(
                "~/redis/bin/redis-cli --askpass --user admin --tls --cacert /tls/ca.crt -h 10.0.0.1 -p 9000 PING",
                cli.to(H1, NODE, "PING"));
        assertTrue(cli.asks(H1));
    }

    /** Debian's package has no other name for it. */
    @Test
    void besideAServerOfValkeyLiesItsOwn() {
        var site = NodeSite.of(
                NODE,
                H1,
                new RemotePath("/usr/bin/valkey-server"),
                new RemotePath("/etc/valkey.conf"),
                new RemotePath("/data"));
        var all = cli(Access.THROUGH_HOSTS, Optional.empty()).spec().withSites(List.of(site));
        assertTrue(
                new RedisCli(all).to(H1, NODE, "PING").startsWith("/usr/bin/valkey-cli "),
                () -> new RedisCli(all).to(H1, NODE, "PING"));
    }

    @Test
    void aKeyIsReadByWhoMay() {
        var cli = cli(Access.THROUGH_HOSTS, Optional.of(new Tls("/tls/ca.crt", "/tls/n.crt", "/tls/n.key")));
        assertEquals(
                "sudo -u redis ~/redis/bin/redis-cli --askpass --user admin"
                        + " --tls --cacert /tls/ca.crt --cert /tls/n.crt --key /tls/n.key -h 10.0.0.1 -p 9000 PING",
                cli.to(H1, NODE, "PING"));
    }

    /** It can't reach what it announces, and is not like its neighbour. */
    @Test
    void onItsHostANodeIsReachedWhereItListensWithWhatIsItsOwn() {
        var first = cli(Access.THROUGH_HOSTS, Optional.of(new Tls("/tls/ca.crt", "/tls/n.crt", "/tls/n.key")));
        var announced = new NodeAddress("203.0.113.1", 17000);
        var site = NodeSite.of(
                        announced,
                        H1,
                        new RemotePath("/opt/redis/redis-server"),
                        new RemotePath("/opt/redis.conf"),
                        new RemotePath("/opt/data"))
                .reached("127.0.0.1")
                .runBy(Optional.of("ops"))
                .listening(7000)
                .sealed(Optional.of(new Tls("/opt/ca.crt", "/opt/n.crt", "/opt/n.key")));
        var both = List.of(first.spec().sites().getFirst(), site);
        var cli = new RedisCli(first.spec().withSites(both));
        var line = "/opt/redis/redis-cli --askpass --user admin"
                + " --tls --cacert /opt/ca.crt --cert /opt/n.crt --key /opt/n.key -h 127.0.0.1 -p 7000 PING";
        assertEquals(line, cli.to(H1, announced, "PING"));
        assertTrue(cli.says(H1, line));
        assertFalse(cli.says(H1, "kill -9 1"));
        assertTrue(cli.to(H1, NODE, "PING").startsWith("sudo -u redis ~/redis/bin/redis-cli "), "its neighbour");
        var away = new HostName("h2");
        assertTrue(cli.to(away, announced, "PING").endsWith(" -h 203.0.113.1 -p 17000 PING"), "from elsewhere");
    }

    @Test
    void aHostThatIsNotKnownIsNoneToTypeOn() {
        var cli = cli(Access.THROUGH_HOSTS, Optional.empty());
        assertTrue(
                cli.to(new HostName("10.0.0.9"), NODE, "PING").startsWith("redis-cli --user admin --tls --cacert '/"));
        assertTrue(cli.to(H1, NODE, "PING").contains(" --tls -h "), "which files is not known");
    }
}
