package io.clusterdeck.redis.build;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** A folder of this computer with ready programs, in it or in its {@code bin}: packed as {@code install.sh} takes it. */
record ProgramsFolder(Path folder) {
    /** As {@code install.sh} names them. */
    private static final List<String> PROGRAMS = List.of(
            "redis-server", "redis-cli", "redis-benchmark", "redis-sentinel", "redis-check-aof", "redis-check-rdb");

    private static final int BLOCK = 512;

    static Optional<ProgramsFolder> of(Path file) {
        return Files.isDirectory(file) ? Optional.of(new ProgramsFolder(file)) : Optional.empty();
    }

    Optional<Path> server() {
        return found("redis-server");
    }

    Optional<Path> conf() {
        return first("redis.conf", "share/redis.conf");
    }

    private Optional<Path> found(String program) {
        return first("bin/" + program, program);
    }

    private Optional<Path> first(String... names) {
        return Stream.of(names)
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Writes a .tar.gz; of the same files the same bytes. */
    void pack(OutputStream to) throws IOException {
        try (var out = new GZIPOutputStream(to)) {
            for (var program : PROGRAMS) {
                var file = found(program);
                if (file.isPresent()) {
                    entry(out, "bin/" + program, 0755, file.get());
                }
            }
            if (conf().isPresent()) {
                entry(out, "share/redis.conf", 0644, conf().get());
            }
            out.write(new byte[2 * BLOCK]);
        }
    }

    /** As POSIX's ustar has it: name, mode, owner, group, size, time, sum, kind, each at its place. */
    private static void entry(OutputStream out, String name, int mode, Path file) throws IOException {
        var content = Files.readAllBytes(file);
        var block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "%07o".formatted(mode));
        put(block, 108, "%07o".formatted(0));
        put(block, 116, "%07o".formatted(0));
        put(block, 124, "%011o".formatted(content.length));
        put(block, 136, "%011o".formatted(0));
        put(block, 148, " ".repeat(8)); // so it counts in its own sum
        put(block, 156, "0");
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (var b : block) {
            sum += b;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        out.write(block);
        out.write(content);
        out.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] block, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }
}
