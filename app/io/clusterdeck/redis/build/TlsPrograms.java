package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.Source;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether programs of this computer were built with TLS: then they name OpenSSL's functions, be it linked or within. Running them here would
 * prove nothing where hosts are of another architecture.
 */
final class TlsPrograms {

    private static final Logger LOG = LoggerFactory.getLogger(TlsPrograms.class);
    private static final byte[] MARK = "SSL_CTX_".getBytes(StandardCharsets.US_ASCII);

    private TlsPrograms() {}

    /** The file that was built without; empty where there is none, or it can't be read, which is told by who copies it. */
    static Optional<String> wrong(Source source) {
        if (!(source instanceof Source.Programs programs)) {
            return Optional.empty();
        }
        var file = Path.of(Builders.here(programs.file()));
        var server = ProgramsFolder.of(file).flatMap(ProgramsFolder::server);
        try (var in = server.isPresent()
                ? Files.newInputStream(server.get())
                : new GZIPInputStream(Files.newInputStream(file))) {
            return marked(in) ? Optional.empty() : Optional.of(file.toString());
        } catch (IOException unreadable) {
            LOG.debug("{} is not looked into", file, unreadable);
            return Optional.empty();
        }
    }

    static boolean marked(InputStream in) throws IOException {
        var window = new byte[1 << 16];
        int kept = 0;
        for (int n = in.read(window, 0, window.length); n >= 0; n = in.read(window, kept, window.length - kept)) {
            int end = kept + n;
            for (int i = 0; i + MARK.length <= end; i++) {
                if (Arrays.equals(window, i, i + MARK.length, MARK, 0, MARK.length)) {
                    return true;
                }
            }
            kept = Math.min(end, MARK.length - 1);
            System.arraycopy(window, end - kept, window, 0, kept);
        }
        return false;
    }
}
