package io.clusterdeck.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.clusterdeck.deck.Archive;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.redis.snapshot.Comparison;
import io.clusterdeck.redis.snapshot.ComparisonJson;
import io.clusterdeck.redis.snapshot.Differences;
import io.clusterdeck.redis.snapshot.Snapshot;
import io.clusterdeck.report.Plain;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.sign.PublicKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words about kept states: take, list, compare, check, import. */
final class SnapshotWords {

    private SnapshotWords() {}

    /** A snapshot by its file, or by {@code CLUSTER} for the latest kept one, {@code CLUSTER~2} for the second last. */
    static Snapshot find(Archive archive, String text) throws Failure, InterruptedException, Misuse {
        var file = Path.of(text);
        if (Files.isRegularFile(file)) {
            return archive.open(file);
        }
        int tilde = text.lastIndexOf('~');
        boolean counted = tilde > 0 && text.substring(tilde + 1).matches("\\d{1,6}");
        var cluster = counted ? text.substring(0, tilde) : text;
        int back = counted ? Integer.parseInt(text.substring(tilde + 1)) : 0;
        var kept = archive.of(cluster);
        if (back >= kept.size()) {
            throw new Misuse(
                    kept.isEmpty()
                            ? Say.of("cli.snapshot.none", "what", text)
                            : Say.of("cli.snapshot.fewer", "cluster", cluster, "n", kept.size()));
        }
        return archive.read(kept.get(back));
    }

    @Command(name = "snapshot")
    static final class Take extends NamedClusterWord {

        @Mixin
        ExportOptions export = new ExportOptions(Format.SNAPSHOTS);

        @Option(names = "--from", paramLabel = "SNAPSHOT")
        @Nullable
        String from;

        Take(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var archive = session.deck(answers).archive();
            var wanted = export.format(Format.JSON);
            Snapshot snapshot = taken(archive);
            export.write(session, (file, sign) -> archive.export(snapshot, wanted, session.words, file, sign));
            return Code.DONE;
        }

        private Snapshot taken(Archive archive) throws Failure, InterruptedException, Misuse {
            if (from != null) {
                return find(archive, from);
            }
            var kept = archive.take(cluster().spec().name());
            session.progress(session.words.say("cli.snapshot.kept", "file", kept.file()));
            return archive.read(kept);
        }

        @Override
        int unreachable() {
            return Code.UNKNOWN;
        }
    }

    @Command(name = "snapshots")
    static final class ListAll extends Word {

        @Parameters(paramLabel = "CLUSTER", arity = "0..1")
        @Nullable
        String named;

        @Option(names = "--json")
        boolean json;

        ListAll(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure {
            var archive = session.deck(answers).archive();
            var all = named == null ? archive.all() : archive.of(named);
            if (json) {
                var array = JsonNodeFactory.instance.arrayNode();
                all.forEach(k -> array.addObject()
                        .put("cluster", k.cluster())
                        .put("at", k.at().toString())
                        .put("why", k.why().name().toLowerCase(Locale.ROOT))
                        .put("file", k.file().toString()));
                session.result(array.toPrettyString());
                return Code.DONE;
            }
            if (all.isEmpty()) {
                session.result(Say.of("cli.snapshots.none"));
            }
            for (var kept : all) {
                var whose = kept.imported() ? session.words.say("cli.snapshots.imported") : kept.cluster();
                session.result(kept.at() + "  "
                        + session.words.say("cli.snapshots." + kept.why().name().toLowerCase(Locale.ROOT))
                        + "  " + whose + "  " + kept.file());
            }
            return Code.DONE;
        }
    }

    /** As diff: 0 when nothing differs, 1 when something does, 2 when there is a mistake. */
    @Command(name = "diff")
    static final class Diff extends Word {

        @Parameters(paramLabel = "BEFORE", index = "0")
        String before = "";

        @Parameters(paramLabel = "AFTER", index = "1")
        String after = "";

        @Option(names = "--json")
        boolean json;

        @Mixin
        ExportOptions export = new ExportOptions(Format.COMPARISONS);

        Diff(Session session) {
            super(session);
        }

        @Override
        int run() throws InterruptedException, Misuse {
            var wanted = export.format(Format.TEXT);
            Comparison comparison;
            try {
                var archive = session.deck(answers).archive();
                var found = Comparison.between(
                        find(archive, before).state(), find(archive, after).state());
                export.write(session, (file, sign) -> archive.export(found, wanted, session.words, file, sign));
                comparison = found;
            } catch (Failure failed) {
                session.failed(failed.what(), failed.next());
                return Code.MISUSED;
            }
            if (export.wanted()) {
                return comparison.same() ? Code.DONE : Code.FAILED; // the file tells the rest
            }
            if (json) {
                session.result(ComparisonJson.text(comparison).stripTrailing());
            } else if (comparison.same()) {
                session.result(Say.of("cli.diff.same"));
            } else {
                Differences.of(comparison).forEach(d -> session.result(Plain.words(session.words.say(d.what()))));
            }
            return comparison.same() ? Code.DONE : Code.FAILED;
        }
    }

    @Command(name = "verify")
    static final class Verify extends Word {

        @Parameters(paramLabel = "EXPORT")
        Path file = Path.of("");

        @Option(names = "--key", paramLabel = "KEY")
        @Nullable
        String key;

        Verify(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, Misuse {
            var expected = key == null ? Optional.<PublicKey>empty() : Optional.of(key(key));
            var checked = session.deck(answers).archive().check(file);
            var by = checked.by().fingerprint();
            if (!checked.intact()) {
                session.result(Say.of("cli.verify.altered", "file", file, "key", by));
                return Code.FAILED;
            }
            if (expected.isPresent() && !expected.get().equals(checked.by())) {
                session.result(Say.of(
                        "cli.verify.other",
                        "file",
                        file,
                        "key",
                        by,
                        "expected",
                        expected.get().fingerprint()));
                return Code.FAILED;
            }
            session.result(Say.of(
                    expected.isPresent()
                            ? "cli.verify.expected"
                            : checked.ours() ? "cli.verify.ours" : "cli.verify.stranger",
                    "file",
                    file,
                    "key",
                    by));
            return Code.DONE;
        }

        /** A line as OpenSSH writes it, or a file that holds one. */
        private static PublicKey key(String text) throws Misuse {
            var line = text;
            if (!text.contains(" ")) {
                try (var lines = Files.lines(Path.of(text))) {
                    line = lines.limit(20).collect(Collectors.joining("\n"));
                } catch (IOException | java.io.UncheckedIOException unreadable) {
                    throw new Misuse(Say.of("cli.verify.no-key", "key", text));
                }
            }
            return PublicKey.parse(line).orElseThrow(() -> new Misuse(Say.of("cli.verify.no-key", "key", text)));
        }
    }

    @Command(name = "public-key")
    static final class Key extends Word {

        Key(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure {
            session.result(session.deck(answers).archive().publicKey());
            return Code.DONE;
        }
    }

    @Command(name = "import")
    static final class Import extends Word {

        @Parameters(paramLabel = "SNAPSHOT")
        Path file = Path.of("");

        Import(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure {
            var archive = session.deck(answers).archive();
            var kept = archive.bring(file);
            var state = archive.read(kept).state();
            session.result(Say.of("cli.imported", "name", state.name(), "at", state.at(), "file", kept.file()));
            return Code.DONE;
        }
    }
}
