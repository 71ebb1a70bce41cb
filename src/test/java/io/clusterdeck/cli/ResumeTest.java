package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Deeds;
import io.clusterdeck.plan.JournaledRuns;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that stopped is not taken up again by a slip: what it asked at first, it asks again. */
class ResumeTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void asksAgainWhatWasAskedAtFirst() throws Exception {
        var deeds = new Deeds(folder);
        var plan = deeds.plan("p1", Deeds.stage("one", Deeds.step("fail", "f", "h1", folder)));
        var runs = new JournaledRuns(deeds, Deeds.kinds());
        runs.start(new Offer.Ready(
                        plan, new Consent.Type(Say.of("nodes.consent.production", "cluster", "carts"), "carts")))
                .await();

        assertEquals(Code.MISUSED, resume(deeds));
        assertEquals(Code.MISUSED, resume(deeds, "--type", "trolleys"));
        assertEquals(List.of("f"), applied(), "nothing was done again");
        assertEquals(Code.FAILED, resume(deeds, "--type", "carts"));
        assertEquals(List.of("f", "f"), applied());
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("carts"));
    }

    @Test
    void aListNamesWhatCouldNotBeReadAndTellsTheRest() throws Exception {
        var away = Files.writeString(folder.resolve("orders-runs"), "a file where the folder was");
        var deeds = new Deeds(folder) {
            @Override
            public Collection<Path> allRuns() {
                return List.of(away, folder.resolve("runs"));
            }
        };
        new JournaledRuns(deeds, Deeds.kinds()).start(deeds.usual("p1")).await();

        assertEquals(Code.DONE, run(deeds, "runs"));
        assertTrue(out.toString(StandardCharsets.UTF_8).contains("p1"));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(away.toString()));
    }

    private List<String> applied() throws Exception {
        return Files.readAllLines(folder.resolve("applied"));
    }

    private int resume(Deeds deeds, String... more) {
        var args = new String[more.length + 1];
        args[0] = "resume";
        System.arraycopy(more, 0, args, 1, more.length);
        return run(deeds, args);
    }

    private int run(Deeds deeds, String... args) {
        var terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                new BufferedReader(new StringReader("")),
                null,
                false);
        var plan = deeds.usual("never");
        return Cli.run(
                args,
                new Session(
                        terminal,
                        Words.in(Locale.ENGLISH),
                        Map.of(),
                        person -> new OneOffer(deeds, plan),
                        Screen.NONE));
    }
}
