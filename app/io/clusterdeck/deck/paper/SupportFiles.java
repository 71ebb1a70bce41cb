package io.clusterdeck.deck.paper;

import io.clusterdeck.deck.paper.SupportBundle.Part;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.store.Home;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Picks what support needs from a home folder: only names that are known to be harmless, and those scrubbed. */
final class SupportFiles {

    /** Of a longer file its end is taken. */
    private static final int LONGEST = 1 << 20;

    /** Journals of one cluster, the newest. */
    private static final int RUNS = 20;

    /** Snapshots, secrets, keys, known hosts, drafts and what a demo's servers hold stay here. */
    private static final Pattern WANTED = Pattern.compile(
            "settings\\.yaml|logs/[^/]+\\.log|[^/]+/(cluster|upkeep)\\.yaml|[^/]+/(events|audit)\\.jsonl|[^/]+/runs/[^/]+\\.jsonl");

    private static final int DEEP = 3;

    private final Home home;
    private final Scrub scrub;

    SupportFiles(Home home, Scrub scrub) {
        this.home = home;
        this.scrub = scrub;
    }

    SupportBundle bundle() throws Failure {
        var at = Instant.now();
        var parts = new ArrayList<Part>();
        parts.add(new Part("versions.txt", versions(at), false));
        try (Stream<Path> files = Files.walk(home.folder(), DEEP, new FileVisitOption[0])) {
            for (var file : chosen(files.filter(Files::isRegularFile).toList())) {
                parts.add(part(file));
            }
        } catch (IOException unreadable) {
            throw new UnexpectedOutput(
                    Say.of("paper.unreadable", "folder", home.folder(), "why", unreadable),
                    Say.of("paper.unreadable.next"),
                    unreadable);
        }
        return new SupportBundle(at, parts);
    }

    private List<Path> chosen(List<Path> all) {
        var runs = new TreeMap<Path, List<Path>>();
        var chosen = new ArrayList<Path>();
        for (var file : all) {
            if (WANTED.matcher(name(file)).matches()) {
                if (file.getParent() != null && file.getParent().endsWith("runs")) {
                    runs.computeIfAbsent(file.getParent(), f -> new ArrayList<>())
                            .add(file);
                } else {
                    chosen.add(file);
                }
            }
        }
        runs.values()
                .forEach(of -> of.stream()
                        .sorted(Comparator.comparing(SupportFiles::changed).reversed())
                        .limit(RUNS)
                        .forEach(chosen::add));
        chosen.sort(Comparator.naturalOrder());
        return chosen;
    }

    private static Instant changed(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified());
    }

    private String name(Path file) {
        return home.folder().relativize(file).toString().replace('\\', '/');
    }

    private Part part(Path file) throws IOException {
        try (var open = new RandomAccessFile(file.toFile(), "r")) {
            long from = Math.max(0, open.length() - LONGEST);
            open.seek(from);
            var bytes = new byte[(int) (open.length() - from)];
            open.readFully(bytes);
            var text = new String(bytes, StandardCharsets.UTF_8);
            // a line that is cut may have lost the word that tells its secret
            int whole = from == 0 ? 0 : text.indexOf('\n') + 1;
            return new Part(name(file), scrub.text(text.substring(whole)), from > 0);
        }
    }

    private static String versions(Instant at) {
        var lines = new StringBuilder();
        line(lines, "at", at.toString());
        var version = SupportFiles.class.getPackage().getImplementationVersion();
        line(lines, "clusterdeck", version == null ? "unpackaged" : version);
        for (var property :
                List.of("java.version", "java.vendor", "javafx.runtime.version", "os.name", "os.version", "os.arch")) {
            line(lines, property, System.getProperty(property, "–"));
        }
        line(lines, "locale", Locale.getDefault().toLanguageTag());
        line(lines, "processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        line(lines, "memory-most", Long.toString(Runtime.getRuntime().maxMemory()));
        return lines.toString();
    }

    private static void line(StringBuilder to, String name, String value) {
        to.append(name).append(": ").append(value).append('\n');
    }
}
