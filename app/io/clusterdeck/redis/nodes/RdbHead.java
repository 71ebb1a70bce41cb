package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.model.NodeInfo;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the head of a dump tells of itself: up to where in which replication stream it goes (rdbSaveInfoAuxFields in rdb.c, since 4.0).
 *
 * @param stream the replication id
 * @param offset the replication offset up to which everything is in it
 */
public record RdbHead(String stream, long offset) {
    private static final int MAGIC = 9;
    private static final int AUX = 0xFA;

    /** @param hex the first bytes of the file; empty when they tell nothing of replication */
    static Optional<RdbHead> of(String hex) {
        try {
            var aux = new Reader(HexFormat.of().parseHex(hex)).aux();
            return aux.containsKey("repl-id") && aux.containsKey("repl-offset")
                    ? Optional.of(new RdbHead(aux.get("repl-id"), Long.parseLong(aux.get("repl-offset"))))
                    : Optional.empty();
        } catch (IllegalArgumentException noDump) {
            return Optional.empty();
        }
    }

    /** How many bytes of what a replica received came after the dump, 0 where all is in it; empty where they are of different streams. */
    OptionalLong lacks(NodeInfo replica) {
        var received = replica.number("slave_repl_offset");
        return replica.text("master_replid").filter(stream::equals).isPresent() && received.isPresent()
                ? OptionalLong.of(Math.max(0, received.getAsLong() - offset))
                : OptionalLong.empty();
    }

    /** Whether both are of one stream, so that the larger offset is the later one. */
    boolean comparable(RdbHead other) {
        return stream.equals(other.stream);
    }

    /** Strings as rdbLoadStringObject reads them: a length, or a number in 1, 2 or 4 bytes. */
    private static final class Reader {
        private final byte[] bytes;
        private int at = MAGIC;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        Map<String, String> aux() {
            var aux = new HashMap<String, String>();
            while (at < bytes.length && (bytes[at] & 0xFF) == AUX) {
                at++;
                var key = text();
                aux.put(key, text());
            }
            return aux;
        }

        private int next() {
            if (at >= bytes.length) {
                throw new IllegalArgumentException("cut off");
            }
            return bytes[at++] & 0xFF;
        }

        private String text() {
            int first = next();
            return switch (first) {
                case 0xC0 -> Integer.toString((byte) next());
                case 0xC1 -> Integer.toString((short) (next() | next() << 8));
                case 0xC2 -> Integer.toString(next() | next() << 8 | next() << 16 | next() << 24);
                default -> string(first);
            };
        }

        private String string(int first) {
            int length = switch (first >> 6) {
                case 0 -> first;
                case 1 -> (first & 0x3F) << 8 | next();
                default -> throw new IllegalArgumentException("no text of a head");
            };
            if (at + length > bytes.length) {
                throw new IllegalArgumentException("cut off");
            }
            at += length;
            return new String(bytes, at - length, length, StandardCharsets.ISO_8859_1);
        }
    }
}
