package io.clusterdeck.redis.build;

import static io.clusterdeck.redis.build.BuildPlannerTest.THREE;
import static io.clusterdeck.redis.build.BuildPlannerTest.ids;
import static io.clusterdeck.redis.build.BuildPlannerTest.plan;
import static io.clusterdeck.redis.build.BuildPlannerTest.specs;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.words.Words;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands against a building is told when it is planned. */
class PreflightTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "listens=9000 ; port-taken BAD",
                "listens=19001 ; bus-port-taken BAD",
                "listens=9000|held=9000 * ; port-taken BAD",
                "listens=9000|held=9000 10.0.0.3 ; port-taken BAD",
                "holds=/x/9000/nodes.conf ; foreign-data BAD",
                "made_cluster=other|made_build=1 ; folder-taken BAD",
                "disk_mb=20 ; disk BAD",
                "writable=no|there=yes ; not-writable BAD",
                "writable=no|sudo=none ; not-writable BAD",
                "mem_mb=100 ; memory WARN",
                "ephemeral=9001 9100 ; ephemeral WARN ports",
                "overcommit=0 ; overcommit WARN overcommit",
                "somaxconn=128 ; somaxconn WARN somaxconn",
                "thp=[always] madvise never ; huge-pages NOTE huge-pages",
                "nofile=1024 ; open-files NOTE",
                "clock_ms=1 ; clock WARN",
            })
    void whatIsWrongWithAHostIsSaid(String fact, String remark) {
        var facts = fact.matches(".*\\|\\w+=.*") ? List.of(fact.split("\\|")) : List.of(fact);
        var found = plan(THREE + "cure: yes\n", Map.of("h3", facts));
        assertEquals(
                List.of(remark),
                found.remarks().stream()
                        .filter(r -> r.host().isPresent())
                        .map(r -> (r.rule() + " " + r.level() + " " + r.cure().orElse("")).strip())
                        .toList());
        var cures = ids(found).stream().filter(i -> i.startsWith("cure")).toList();
        var words = remark.split(" ");
        assertEquals(words.length == 3 ? List.of("cure-" + words[2] + "/h3") : List.of(), cures);
        assertEquals(remark.contains("BAD"), found.offer() instanceof Offer.Refused);
    }

    /** Thirty hosts with the same kernel are one line, not thirty. */
    @Test
    void whatIsAlikeOnHostsIsSaidOnceWithTheirNames() {
        var low = List.of("overcommit=0");
        var found = plan(THREE, Map.of("h1", low, "h2", low, "h3", List.of("overcommit=2")));
        var told = assertInstanceOf(Offer.Ready.class, found.offer()).notes().stream()
                .map(n -> Words.in(Locale.ENGLISH).say(n.what()))
                .filter(w -> w.contains("overcommit"))
                .map(w -> w.replaceAll(":.*", ""))
                .toList();
        assertEquals(List.of("h1, h2", "h3"), told);
    }

    @Test
    void manyHostsInARowAreToldByTheFirstAndTheLast() {
        var low = List.of("overcommit=0");
        var found = plan(THREE, Map.of("h1", low, "h2", low, "h3", low));
        var told = assertInstanceOf(Offer.Ready.class, found.offer()).notes().stream()
                .map(n -> Words.in(Locale.ENGLISH).say(n.what()))
                .filter(w -> w.contains("overcommit"))
                .toList();
        assertEquals(1, told.size(), told::toString);
        assertTrue(told.getFirst().startsWith("h1–h3: "), told::toString);
    }

    /** A server on 127.0.0.1:9000 hinders no bind to 10.0.0.3:9000. */
    @Test
    void aPortThatIsHeldAtAnotherAddressIsNotTaken() {
        var found = plan(THREE, Map.of("h3", List.of("listens=9000|19000", "held=9000 127.0.0.1|19000 10.9.9.9")));
        assertInstanceOf(Offer.Ready.class, found.offer());
        var look =
                specs(found).stream().filter(s -> s.kind().equals("build.look")).toList();
        assertEquals("10.0.0.3", look.getLast().arg("bind"), "looked at likewise before anything is done");
    }

    /** It lies on this computer: nobody needs to wait for tools and copies to hear of it. */
    @Test
    void aFileThatIsNotTheOneIsToldBeforeAnythingIsDone(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("r.tar.gz"), "tarball");
        var none = folder.resolve("none");
        var wish = THREE + "redis: {source: upload, file: '%s', sha256: %s}\n";
        var right = Shelf.sumOf(file);
        assertEquals(List.of(), bad(plan(wish.formatted(file, right), Map.of())));
        assertEquals(List.of("build.source.wrong-file"), bad(plan(wish.formatted(file, "0".repeat(64)), Map.of())));
        assertEquals(List.of("build.local-file"), bad(plan(wish.formatted(none, right), Map.of())));
        // one that is not needed any more may be gone
        var there = List.of("release=6.2.3 " + right + " jemalloc");
        var all = Map.of("h1", there, "h2", there, "h3", there);
        assertEquals(List.of(), bad(plan(wish.formatted(none, right), all)));
    }

    private static List<String> bad(BuildPlan plan) {
        return plan.remarks().stream()
                .filter(r -> r.level() == Level.BAD)
                .map(r -> r.why().key())
                .toList();
    }
}
