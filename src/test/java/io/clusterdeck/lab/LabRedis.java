package io.clusterdeck.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** The programs that the first lab test compiled, for the others. */
final class LabRedis {

    private LabRedis() {}

    /** Of the tarball that the lab offers. */
    static String version() {
        return Lab.tarball().file().getFileName().toString().replaceAll("redis-(.*)\\.tar\\.gz", "$1");
    }

    private static Path file(Path folder) {
        return folder.resolve("redis.tar.gz");
    }

    /** Packs what was installed on a host. */
    static void keep(Path folder, Lab lab, String host, String root) throws IOException {
        var text =
                lab.exec(host, "sh", "-c", "cd " + root + " && tar -czf - bin/redis-* share/redis.conf | base64 -w0");
        Files.write(file(folder), Base64.getDecoder().decode(text));
    }

    /** An archive of programs: the compiled ones, or those that the variable CLUSTERDECK_PROGRAMS names, to run one test alone. */
    static Path pack(Path folder) {
        var given = System.getenv("CLUSTERDECK_PROGRAMS");
        if (Files.exists(file(folder))) {
            return file(folder);
        }
        if (given == null) {
            throw new IllegalStateException("run the test that compiles first");
        }
        return Path.of(given);
    }
}
