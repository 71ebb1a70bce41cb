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

    /** An archive of programs; where no test compiled before, this machine's own packaged server stands in. */
    static Path pack(Path folder) {
        if (!Files.exists(file(folder))) {
            throw new IllegalStateException("run the test that compiles first");
        }
        return file(folder);
    }
}
