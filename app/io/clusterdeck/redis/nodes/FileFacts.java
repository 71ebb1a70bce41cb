package io.clusterdeck.redis.nodes;

import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.RemotePath;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The files from which a server would load ({@code node-files.sh facts}).
 *
 * @param directory whether its working directory is there
 * @param rdb its dump, if there is one
 * @param rdbHead how far that goes in the replication stream, where it tells
 * @param aof its append-only file (before 7.0), if there is one
 * @param parts the files of an appendonlydir (7.0 and later); empty without a manifest
 * @param myself the line of its own nodes.conf that speaks of itself; empty when there is none
 * @param freeBytes on the file system of that directory
 * @param ahead how far the host's clock is ahead of ours
 */
public record FileFacts(
        Presence directory,
        Optional<File> rdb,
        Optional<RdbHead> rdbHead,
        Optional<File> aof,
        List<File> parts,
        Optional<String> manifest,
        String myself,
        long freeBytes,
        Duration ahead) {
    /** One file; {@code written} by the host's clock, in whole seconds. */
    public record File(String name, long size, Instant written) {}

    public enum Presence {
        FOUND,
        MISSING,
        DENIED
    }

    public static final FileFacts NONE = new FileFacts(
            Presence.MISSING,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            "",
            0,
            Duration.ZERO);

    static FileFacts of(Exit exit, Instant asked) {
        var presence = switch (exit.fact("dir").orElse("")) {
            case "found" -> Presence.FOUND;
            case "denied" -> Presence.DENIED;
            default -> Presence.MISSING;
        };
        var parts = new ArrayList<File>();
        for (var line : exit.all("part")) {
            var words = line.split(" ", 3);
            if (words.length == 3) {
                parts.add(file(words[2], line));
            }
        }
        var ahead = exit.fact("now")
                .map(now -> Duration.between(asked, Instant.ofEpochSecond(Long.parseLong(now))))
                .orElse(Duration.ZERO);
        return new FileFacts(
                presence,
                exit.fact("rdb").map(l -> file("rdb", l)),
                exit.fact("rdb_head").flatMap(RdbHead::of),
                exit.fact("aof").map(l -> file("aof", l)),
                List.copyOf(parts),
                exit.fact("manifest"),
                exit.fact("myself").orElse(""),
                exit.fact("free_kb").map(k -> Long.parseLong(k) * 1024).orElse(0L),
                ahead);
    }

    private static File file(String name, String sizeAndTime) {
        var words = sizeAndTime.split(" ");
        return new File(name, Long.parseLong(words[0]), Instant.ofEpochSecond(Long.parseLong(words[1])));
    }

    /** Bytes of one append-only file, or of one part; empty when it is not there. */
    public OptionalLong size(RemotePath file) {
        var name = file.value().substring(file.value().lastIndexOf('/') + 1);
        return (manifest.isPresent() ? parts.stream().filter(p -> p.name().equals(name)) : aof.stream())
                .mapToLong(File::size)
                .findFirst();
    }

    /** Bytes of append-only data, of one file or of all parts that a start would load: those that the manifest calls base or incremental. */
    long aofBytes() {
        return manifest.isPresent()
                ? parts.stream()
                        .filter(p -> manifest.get()
                                .lines()
                                .anyMatch(
                                        l -> l.matches("file \"?" + Pattern.quote(p.name()) + "\"? .*type [bi]\\b.*")))
                        .mapToLong(File::size)
                        .sum()
                : aof.map(File::size).orElse(0L);
    }
}
