package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.snapshot.Exemplar;
import io.clusterdeck.redis.snapshot.SnapshotJson;
import io.clusterdeck.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words about kept states, on a home with two of them; no node is reached. */
class SnapshotWordsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path before;
    private Path after;

    @BeforeEach
    void keepTwo() throws Exception {
        var snapshots = Home.at(folder.resolve("home")).snapshots("orders-prod");
        snapshots.keep(Exemplar.AT, "hand", SnapshotJson.text(Exemplar.before()));
        snapshots.keep(Exemplar.AT.plusSeconds(600), "change", SnapshotJson.text(Exemplar.after()));
        before = Files.writeString(folder.resolve("before.json"), SnapshotJson.text(Exemplar.before()));
        after = Files.writeString(folder.resolve("after.json"), SnapshotJson.text(Exemplar.after()));
    }

    private Said by(int code, String... args) throws Exception {
        var said = Said.by(folder, args);
        assertEquals(code, said.code(), String.join(" ", args) + "\n" + said.err() + said.out());
        return said;
    }

    @Test
    void lists() throws Exception {
        var list = JSON.readTree(
                by(Code.DONE, "snapshots", "orders-prod", "--json").out());
        assertEquals(2, list.size());
        assertEquals("change", list.get(0).get("why").asText());
        assertTrue(by(Code.DONE, "snapshots", "orders-prod").out().contains("by hand"));
    }

    @Test
    void comparesLikeDiff() throws Exception {
        by(Code.DONE, "diff", before.toString(), before.toString());
        var told = by(Code.FAILED, "diff", before.toString(), after.toString()).out();
        assertTrue(told.contains("9004 is a master now; it was a replica of 9000."), told);
        assertEquals(
                told, by(Code.FAILED, "diff", "orders-prod~1", "orders-prod").out());
        var json = JSON.readTree(by(Code.FAILED, "diff", before.toString(), after.toString(), "--json")
                .out());
        assertEquals(2, json.get("roles").size());
        by(Code.MISUSED, "diff", before.toString(), "nothing of that name");
        by(
                Code.MISUSED,
                "diff",
                before.toString(),
                Files.writeString(folder.resolve("x.json"), "{").toString());
    }

    @Test
    void writesAComparisonInEveryFormatAndSignsIt() throws Exception {
        for (var format : Format.COMPARISONS) {
            var file = folder.resolve("diff" + format.ending());
            by(Code.FAILED, "diff", "orders-prod~1", "orders-prod", "-o", file.toString(), "--sign");
            assertTrue(Files.size(file) > 100, format.word());
            by(Code.DONE, "verify", file.toString());
        }
        by(
                Code.MISUSED,
                "diff",
                "orders-prod~1",
                "orders-prod",
                "-o",
                folder.resolve("nodes.csv").toString());
    }

    @Test
    void writesEveryFormatAndSignsIt() throws Exception {
        for (var format : Format.SNAPSHOTS) {
            var file = folder.resolve("report" + format.ending());
            by(Code.DONE, "snapshot", "--from", "orders-prod", "-o", file.toString(), "--sign");
            assertTrue(Files.size(file) > 100, format.word());
            assertTrue(by(Code.DONE, "verify", file.toString()).out().contains("your own key"));
        }
        by(
                Code.MISUSED,
                "snapshot",
                "--from",
                "orders-prod",
                "-o",
                folder.resolve("a.pdf").toString());
        by(Code.MISUSED, "snapshot", "--from", "orders-prod", "--sign");
        by(
                Code.FAILED,
                "snapshot",
                "--from",
                "orders-prod",
                "-o",
                folder.resolve("no/such/a.md").toString());
    }

    @Test
    void tellsWhatWasAlteredAndByWhomItWasSigned() throws Exception {
        var file = folder.resolve("report.md");
        by(Code.DONE, "snapshot", "--from", "orders-prod", "-o", file.toString(), "--sign");
        var key = by(Code.DONE, "public-key").out().strip();
        by(Code.DONE, "verify", file.toString(), "--key", key);
        by(
                Code.DONE,
                "verify",
                file.toString(),
                "--key",
                Files.writeString(folder.resolve("ops.pub"), key + "\n").toString());
        var other = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB0rqTrXxfKxgV7WJWnVdIyDVnE3oK2mpyDPj0U4nAnT a@b";
        assertTrue(
                by(Code.FAILED, "verify", file.toString(), "--key", other).out().contains("another key"));
        by(Code.MISUSED, "verify", file.toString(), "--key", "nonsense");
        Files.writeString(file, Files.readString(file).replace("6.2.4", "6.2.5"));
        assertTrue(by(Code.FAILED, "verify", file.toString()).out().contains("WAS ALTERED"));
        Files.delete(folder.resolve("report.md.sig"));
        by(Code.FAILED, "verify", file.toString());
    }

    @Test
    void looksAtAColleaguesClusterWithoutReachingIt() throws Exception {
        var said = by(Code.FAILED, "status", after.toString());
        assertTrue(said.out().contains("9004") && said.err().contains("nothing was asked"), said.err());
        var json = JSON.readTree(
                by(Code.DONE, "status", before.toString(), "--json").out());
        assertEquals(6, json.get("nodes").size());
        by(Code.DONE, "import", before.toString());
        assertTrue(by(Code.DONE, "snapshots").out().contains("(imported)"));
        var odd = Files.writeString(folder.resolve("old.json"), "{\"schema\":\"clusterdeck/snapshot/0\"}");
        assertTrue(by(Code.FAILED, "import", odd.toString()).err().contains("clusterdeck/snapshot/1"));
        assertFalse(by(Code.DONE, "snapshots").out().contains("old.json"));
    }
}
