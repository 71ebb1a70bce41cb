package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.say.NotAllowed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ssh_config(5) is read as ssh itself reads it: {@code ssh -G} is the judge. */
class SshConfigTest {

    private static final String CONFIG = """
        # a comment
        Include parts/*.conf
        Host web* !web3
            HostName %h.example
            User "with space"
            Port=2201
        HOST db
        	hostname  10.0.0.5
        	ProxyJump ops@bastion:2222,inner
        	identityfile ~/.ssh/%r_at_%h
        	IdentityFile /keys/db
        Match originalhost db user root
            Port 99
        Match host 10.0.0.*
            Port 98
            ConnectTimeout 7
        Match !host 10.* originalhost web3
            User three
        Match all
            HashKnownHosts yes
        Host ?x
            User question
        Host *
            User everybody
            Port 2200
        """;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws Exception {
        Files.createDirectories(folder.resolve("parts"));
        Files.writeString(folder.resolve("config"), CONFIG);
        Files.writeString(
                folder.resolve("parts/b.conf"), "Host inc\n  User second\n  StrictHostKeyChecking accept-new\n");
        Files.writeString(folder.resolve("parts/a.conf"), "Host inc\n  User first\nHost none\n  User never\n");
    }

    private Target target(String alias) throws NotAllowed {
        return Target.of(HostSpec.of(alias), new SshFiles(folder, folder.resolve("etc"), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"web1", "web3", "db", "inc", "ax", "other"})
    void asSshItselfReadsIt(String alias) throws Exception {
        // ssh looks for included files beside ~/.ssh/config only, so it is given their full path
        var absolute = Files.writeString(
                folder.resolve("absolute"), CONFIG.replace("parts/*", folder.resolve("parts") + "/*"));
        var p = new ProcessBuilder("ssh", "-G", "-F", absolute.toString(), alias)
                .redirectErrorStream(true)
                .start();
        Map<String, String> judge = new TreeMap<>();
        new String(p.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .forEach(l -> judge.putIfAbsent(l.split(" ", 2)[0], l.contains(" ") ? l.split(" ", 2)[1] : ""));
        var target = target(alias);
        assertEquals(judge.get("hostname"), target.host());
        assertEquals(judge.get("user"), target.user());
        assertEquals(judge.get("port"), String.valueOf(target.port()));
        assertEquals(judge.getOrDefault("proxyjump", ""), String.join(",", target.jumps()));
        assertEquals(judge.get("hashknownhosts").equals("yes"), target.hashKnown());
        assertEquals(judge.get("stricthostkeychecking").equals("accept-new"), target.trustNew());
    }

    @Test
    void theOperatorsWishesComeFirst() throws Exception {
        var spec = new HostSpec(new HostName("db"), "db", 22, "me", List.of(), "j", true);
        var target = Target.of(spec, new SshFiles(folder, folder.resolve("etc"), null));
        assertEquals(
                "me@10.0.0.5:22 j",
                target.user() + "@" + target.host() + ":" + target.port() + " "
                        + target.jumps().getFirst());
        assertEquals("10.0.0.5", target.hostKeyName());
        assertEquals("[web1.example]:2201", target("web1").hostKeyName());
    }

    @Test
    void proxyCommandsThatOnlyJumpAreJumps() throws Exception {
        Files.writeString(
                folder.resolve("config"),
                "Host a\n"
                        + " ProxyCommand ssh -W %h:%p gate\n"
                        + "Host b\n"
                        + " ProxyCommand ssh -q gate -W %h:%p\n"
                        + "Host c\n"
                        + " ProxyCommand none\n"
                        + " ProxyJump x\n"
                        + "Host d\n"
                        + " ProxyCommand nc %h %p\n");
        assertEquals(List.of("gate"), target("a").jumps());
        assertEquals(List.of("gate"), target("b").jumps());
        assertEquals(List.of("x"), target("c").jumps());
        assertEquals(
                "ssh.proxy-command",
                assertThrows(NotAllowed.class, () -> target("d")).what().key());
    }

    @Test
    void jumpHostsAreReadAsSshReadsThem() {
        assertEquals("h 0 null", jump("h"));
        assertEquals("h 22 u", jump("u@h:22"));
        assertEquals("h.example 2222 u", jump("ssh://u@h.example:2222/"));
        assertEquals("fe80::1 22 u", jump("u@[fe80::1]:22"));
        assertEquals("c 0 null via a,b", jump("a,b,c"));
    }

    private static String jump(String text) {
        var s = Target.lastJump(text);
        return s.address() + " " + s.port() + " " + s.user() + (s.jump() == null ? "" : " via " + s.jump());
    }

    @Test
    void wordsOfALine() {
        assertEquals(List.of("Host", "a", "b c", "d"), SshConfig.words("  Host a \"b c\" d # not this"));
        assertEquals(List.of("User", "x=y"), SshConfig.words("User = x=y"));
        assertEquals(List.of(), SshConfig.words("# Host a"));
        assertEquals(List.of(), SshConfig.words(""));
    }

    @Test
    void noFilesSayNothing() {
        assertEquals(
                Optional.empty(),
                SshConfig.of("h", new SshFiles(folder.resolve("no"), folder.resolve("no"), null))
                        .get("user"));
    }
}
