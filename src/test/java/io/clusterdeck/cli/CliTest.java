package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.plan.Deeds;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.plan.PlanScript;
import io.clusterdeck.plan.Stage;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.link.LeastAcl;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.words.Words;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line without a cluster: help, misuse, languages, export, Ctrl-C. */
class CliTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"en", "zh"})
    void everyWordIsExplained(String language) throws Exception {
        var all = Said.by(folder, "help", "--lang", language);
        assertEquals(Code.DONE, all.code());
        var words = all.out()
                .lines()
                .filter(l -> l.matches("  [a-z].*"))
                .map(l -> l.strip().split(" ")[0])
                .toList();
        assertTrue(words.containsAll(List.of("demo", "sign-in", "version")), words.toString());
        for (var word : words) {
            var one = Said.by(folder, "help", word, "--lang", language);
            assertEquals(Code.DONE, one.code());
            assertFalse(one.out().contains("cli."), one.out());
            assertFalse(one.out().lines().anyMatch(l -> l.matches("\\s+[A-Z:]+\\s*")), "without words: " + one.out());
        }
        assertEquals("", all.err());
    }

    @Test
    void whatIsSaidOfAnArgumentIsTrueOfItsWord() throws Exception {
        assertTrue(Said.by(folder, "help", "status").out().contains("may be left out when there is only one"));
        var destroy = Said.by(folder, "help", "destroy").out();
        assertFalse(destroy.contains("left out") || destroy.contains("demo"), destroy);
        assertTrue(Said.by(folder, "help", "audit").out().contains("only of this cluster"));
        assertFalse(Said.by(folder, "help", "support").out().contains("png"));
        for (var word : List.of("start", "stop")) {
            var help = Said.by(folder, "help", word).out();
            assertTrue(help.contains("clusterdeck " + word + " [OPTIONS] (NODE | --all)"), help);
        }
    }

    @Test
    void theLeastThatAnAclUserNeedsIsPrinted() throws Exception {
        var help = Said.by(folder, "help", "adopt").out().replaceAll("\\s+", " ");
        assertTrue(help.contains(LeastAcl.text()), help);
        for (var page : List.of("docs/guide/adopt.md", "docs/guide/zh/adopt.md")) {
            assertTrue(Files.readString(Path.of(page)).contains(LeastAcl.text()), page);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nosuch|Not understood: nosuch",
                "destroy|Missing: CLUSTER (the name of a cluster)",
                "kill|Missing: NODE (10.0.0.1:9000",
                "safe --cluster carts|Missing: WHERE (what to look at: a host by its name, or a node)",
                "safe --cluster carts --lang zh|缺少：WHERE（要查看的对象：主机名或节点）",
                "safe --cluster carts h1|This computer keeps no cluster yet",
                "mute --cluster carts disk-full|Missing: --note TEXT (",
                "mute --cluster carts --note x|Missing: RULE (the finding's stable name",
                "mute --cluster carts disk-full --note x|This computer keeps no cluster yet",
                "logs :9000 --lines abc|--lines wants a whole number, not abc.",
                "watch --for soon|--for wants a whole number, not soon.",
                "kill --no-such :9000|Not understood: --no-such",
                "status|This computer keeps no cluster yet",
                "plan /no/such/file|There is no file /no/such/file",
                "adopt carts nowhere|nowhere is no address",
                "kill :9000 --term --pause 3|Not understood",
                "resume|There is no run to resume",
                "forget carts|This computer keeps no cluster yet",
                "destroy demo|This computer keeps no cluster yet",
            })
    void misuseIsSaidOnStderrAndChangesNothing(String line, String expected) throws Exception {
        var said = Said.by(folder, line.split(" "));
        assertEquals(Code.MISUSED, said.code(), said.err());
        assertEquals("", said.out());
        assertTrue(said.err().contains(expected), said.err());
    }

    /** A script that keeps the output on a full disk must not take what came for all. */
    @Test
    void outputThatNobodyTakesIsNoSuccess() throws Exception {
        var lost = Said.unread(folder, "version");
        assertEquals(Code.FAILED, lost.code());
        assertTrue(lost.err().contains("Not all of the output could be written"), lost.err());
    }

    @Test
    void everyMistakeOfABlueprintIsNamedWithItsPlace() throws Exception {
        var file = Files.writeString(
                folder.resolve("b.yaml"), "name: carts\nhosts: []\nlayout: {masters: two}\ncolour: red\n");
        var said = Said.by(folder, "plan", file.toString());
        assertEquals(Code.MISUSED, said.code());
        assertTrue(said.err().contains(file + ", line 3"), said.err());
        assertTrue(said.err().contains(file + ", line 4"), said.err());
    }

    @Test
    void whatIsWrongWithAFileIsSaidWithoutTheNamesOfOurClasses() throws Exception {
        var empty =
                Files.writeString(folder.resolve("empty.yaml"), "# nothing\n").toString();
        assertEquals(
                empty + ": The blueprint is empty. See docs/examples for blueprints to start from.",
                Said.by(folder, "plan", empty).err().strip());
        var said = Said.by(folder, "plan", folder.toString());
        assertEquals(Code.MISUSED, said.code());
        assertEquals(
                folder + " can't be read: a folder is there, not a file",
                said.err().strip());
    }

    @Test
    void theLanguageIsTheOptionElseTheEnvironment() {
        assertEquals(Locale.CHINA, Cli.locale(new String[] {"status", "--lang", "zh"}, Map.of("LANG", "en_GB.UTF-8")));
        assertEquals(Locale.ENGLISH, Cli.locale(new String[] {"--lang=en"}, Map.of("LC_ALL", "zh_CN.UTF-8")));
        assertEquals(Locale.CHINA, Cli.locale(new String[0], Map.of("LC_MESSAGES", "zh_CN.UTF-8", "LANG", "C")));
        assertEquals(Locale.ENGLISH, Cli.locale(new String[0], Map.of("LC_ALL", "C", "LANG", "zh_CN.UTF-8")));
    }

    @Test
    void linesThatChangedAreShownWithTheirPlace() {
        assertEquals(List.of("@@ 2", "- b", "+ B", "@@ 4", "+ d"), LineDiff.of("a\nb\nc\n", "a\nB\nc\nd\n"));
        assertEquals(List.of("@@ 1", "+ a"), LineDiff.of(null, "a\n"));
        assertEquals(List.of("@@ 1", "- a"), LineDiff.of("a", null));
        assertEquals(List.of(), LineDiff.of("a\n", "a\n"));
    }

    @Test
    void theExportedScriptIsARealOne() throws Exception {
        var value = "it's a \"$(touch " + folder + "/hacked)\" \\ 日";
        var step = new Echo(value);
        var plan = new Plan(
                new PlanId("p"),
                new ClusterRef("carts"),
                Say.of("test.plan"),
                List.of(new Stage("one", Say.of("test.stage"), List.of(step))),
                List.of());
        // a host whose login shell is no POSIX shell
        var ssh = Files.writeString(
                folder.resolve("ssh"), "#!/bin/sh\nfor last; do :; done\nHOME=" + folder + " exec fish -c \"$last\"\n");
        assertTrue(ssh.toFile().setExecutable(true));
        for (var address : List.of("local", "10.0.0.1")) {
            var host = new HostSpec(new HostName("here it is"), address, 0, null, List.of(), null, false);
            var script = Files.writeString(
                    folder.resolve("plan.sh"),
                    new PlanScript(Words.in(Locale.ENGLISH)::say, List.of(host)).write(plan));
            for (var shell : List.of("dash", "bash")) {
                var run = new ProcessBuilder(shell, script.toString()).redirectErrorStream(true);
                run.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
                run.environment()
                        .put(
                                "TMPDIR",
                                Files.createDirectories(folder.resolve("t m p")).toString());
                var running = run.start();
                var out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertEquals(0, running.waitFor(), out);
                assertTrue(out.contains("fact value "), out);
                assertTrue(out.contains("it's%20a%20\"$(touch%20"), out);
                assertEquals(
                        List.of(),
                        List.of(Objects.requireNonNull(
                                folder.resolve("t m p").toFile().list())));
            }
        }
        assertFalse(Files.exists(folder.resolve("hacked")));
    }

    /** Runs the tests' own script. */
    private record Echo(String value) implements Step {
        @Override
        public StepId id() {
            return new StepId("echo");
        }

        @Override
        public HostName on() {
            return new HostName("here it is");
        }

        @Override
        public Say title() {
            return Say.of("test.step");
        }

        @Override
        public StepSpec spec() {
            return new StepSpec("echo", Map.of());
        }

        @Override
        public List<String> commands() {
            return List.of(Quote.words(List.of("sh", "probe.sh", "echo", "value=" + value)), "redis-cli PING");
        }

        @Override
        public Verdict check(Ground ground) {
            return new Verdict.Needed(title());
        }

        @Override
        public void apply(Ground ground, Consumer<Line> live) {}
    }

    @Test
    void ctrlCCancelsTheRunAndWaitsForItsEnd() throws Exception {
        var java = ProcessHandle.current().info().command().orElseThrow();
        // whoever began these tests in the background may have handed down that an interrupt is ignored
        var process = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiting.class.getName(),
                        folder.toString())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            Awaitility.await().atMost(120, TimeUnit.SECONDS).until(() -> Files.exists(folder.resolve("waiting-w")));
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                            .start()
                            .waitFor());
            assertTrue(process.waitFor(120, TimeUnit.SECONDS));
            assertEquals(130, process.exitValue());
        } finally {
            process.destroyForcibly();
        }
        var journal = Files.readString(folder.resolve("runs/p1.jsonl"));
        assertTrue(journal.stripTrailing().endsWith("\"outcome\":\"CANCELLED\"}"), journal);
        assertTrue(journal.contains("\"undone\",\"step\":\"low\""), journal);
        assertTrue(Files.readString(folder.resolve("err")).contains("Cancelling"));
    }

    /** Applies a plan that waits for ever. */
    static final class Waiting {
        public static void main(String[] args) {
            var folder = Path.of(args[0]);
            var deeds = new Deeds(folder);
            var plan = deeds.plan(
                    "p1",
                    Deeds.stage("one", Deeds.step("lower", "low", "h1", folder)),
                    Deeds.stage("two", Deeds.step("wait", "w", "h1", folder)));
            System.exit(Cli.run(new String[] {"destroy", "carts"}, person -> new OneOffer(deeds, plan), Screen.NONE));
        }
    }
}
