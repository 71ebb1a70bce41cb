package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.deck.Unattended;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Script;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two clusters on one host of systemd, with the same ports in roots of their own: neither touches the other's units. */
@Tag("lab")
@Timeout(300)
class UnitsLabTest {

    private static final String ETC = "/etc/systemd/system/";

    @TempDir
    Path folder;

    private Lab lab;
    private Hosts hosts;
    private Host host;

    @BeforeEach
    void two() throws Exception {
        System.setProperty("clusterdeck.ssh", folder.resolve("ssh").toString());
        lab = Lab.bare(1, "systemd");
        Kind.server(lab, Unattended.TRUSTING, "h1", folder.resolve("bin"), "/tmp/server");
        for (var root : new String[] {"/srv/a 1", "/srv/b"}) {
            lab.exec("h1", "mkdir", "-p", root + "/bin", root + "/9000/data");
            lab.exec("h1", "cp", "/tmp/server", root + "/bin/redis-server");
            var conf = "port 9000\ndir '%1$s/9000/data'\npidfile '%1$s/9000/redis.pid'\n".formatted(root);
            Kind.put(lab, "h1", conf, root + "/9000/redis.conf");
            Kind.put(lab, "h1", "build=b\n", root + "/.clusterdeck");
        }
        hosts = new Hosts(Unattended.TRUSTING);
        hosts.know(java.util.List.of(lab.spec("h1", "root")));
        host = hosts.host(lab.spec("h1", "root").name());
    }

    @AfterEach
    void end() {
        hosts.close();
        System.clearProperty("clusterdeck.ssh");
    }

    private Exit run(Script script, String root) throws Exception {
        return host.run(script.with("root", root).with("data", "data").with("ports", "9000"), line -> {});
    }

    private Exit start(String root, String cluster) throws Exception {
        var script = Script.of("start", "apply").with("owner", "").with("units", "yes");
        return run(script.with("cluster", cluster), root);
    }

    private Exit remove(String root) throws Exception {
        var script = Script.of("remove", "apply").with("build", "b").with("data_too", "no");
        return run(script.with("aside", root + ".aside"), root);
    }

    private String units() {
        return lab.exec("h1", "sh", "-c", "cd " + ETC + " && grep -h ExecStart clusterdeck-* | sort || true");
    }

    private static String unit(String root) {
        return "ExecStart=\"%1$s/bin/redis-server\" \"%1$s/9000/redis.conf\"".formatted(root);
    }

    @Test
    void namesThatLookAlikeAreTwoUnitsAndEachRemovesItsOwn() throws Exception {
        assertEquals(0, start("/srv/a 1", "生产").code());
        lab.exec("h1", "sh", "-c", "systemctl stop 'clusterdeck-*'");
        assertEquals(0, start("/srv/b", "测试").code());
        assertEquals(unit("/srv/a 1") + "\n" + unit("/srv/b"), units());
        assertEquals(0, remove("/srv/b").code());
        assertEquals(unit("/srv/a 1"), units());
    }

    @Test
    void aUnitThatStartsSomethingElseIsLeftAlone() throws Exception {
        Kind.put(lab, "h1", "[Service]\nExecStart=/bin/true\n", ETC + "clusterdeck-carts-9000.service");
        var refused = start("/srv/b", "carts");
        assertEquals(Optional.of("build.start.unit-taken"), refused.why().map(Say::key));
        assertEquals(0, remove("/srv/b").code());
        assertEquals("ExecStart=/bin/true", units());
    }
}
