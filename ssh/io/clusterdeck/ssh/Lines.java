package io.clusterdeck.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream into lines at newlines and at carriage returns (progress bars); a line without an end is cut at 4 million characters. */
final class Lines {

    private static final int LONGEST = 1 << 22;

    private Lines() {}

    /** Reads to the end of the stream, on the calling thread. */
    static void each(InputStream in, Consumer<String> to) throws IOException {
        each(in, StandardCharsets.UTF_8, true, to);
    }

    /** As ISO 8859-1, where each character is one byte, and cut at newlines only: for what is no text for the eye. */
    static void eachOfBytes(InputStream in, Consumer<String> to) throws IOException {
        each(in, StandardCharsets.ISO_8859_1, false, to);
    }

    private static void each(InputStream in, Charset charset, boolean returns, Consumer<String> to) throws IOException {
        var reader = new InputStreamReader(in, charset);
        var buffer = new char[8192];
        var line = new StringBuilder();
        boolean afterReturn = false;
        for (int n = reader.read(buffer); n >= 0; n = reader.read(buffer)) {
            for (int i = 0; i < n; i++) {
                char c = buffer[i];
                boolean secondOfTwo = c == '\n' && afterReturn;
                afterReturn = returns && c == '\r';
                boolean end = c == '\n' || afterReturn;
                if (end && !secondOfTwo || line.length() >= LONGEST) {
                    to.accept(line.toString());
                    line.setLength(0);
                }
                if (!end) {
                    line.append(c);
                }
            }
        }
        if (!line.isEmpty()) {
            to.accept(line.toString());
        }
    }
}
