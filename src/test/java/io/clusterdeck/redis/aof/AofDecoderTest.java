package io.clusterdeck.redis.aof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.aof.AofDecoder.Broken;
import io.clusterdeck.redis.aof.AofDecoder.Command;
import io.clusterdeck.redis.aof.AofDecoder.Item;
import io.clusterdeck.redis.aof.AofDecoder.Preamble;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AofDecoderTest {
    static byte[] command(String... words) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(ascii("*" + words.length + "\r\n"));
        for (var word : words) {
            var bytes = word.getBytes(StandardCharsets.UTF_8);
            out.writeBytes(ascii("$" + bytes.length + "\r\n"));
            out.writeBytes(bytes);
            out.writeBytes(ascii("\r\n"));
        }
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var p : parts) {
            out.writeBytes(p);
        }
        return out.toByteArray();
    }

    /** What begins as an RDB does, has some bytes 0xFF inside, and ends with 0xFF and its checksum. */
    private static byte[] rdb(boolean checksum) {
        var body =
                join(ascii("REDIS0009"), new byte[] {(byte) 0xfa, 3, 'a', (byte) 0xff, 0, 0, 1, '*', '1', (byte) 0xff});
        long crc = 0;
        for (byte b : body) {
            crc = Crc64.next(crc, b);
        }
        return join(
                body,
                ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(checksum ? crc : 0)
                        .array());
    }

    private static final byte[] FILE = join(
            rdb(true),
            command("SELECT", "0"),
            ascii("#TS:1700000000\r\n"),
            command("SET", "key with space", "Grüße\r\n*1\r\n$4\r\nPING\r\n"),
            command("MULTI"),
            command("DEL", "a", "b"),
            command("EXEC"));

    @Test
    void theChecksumIsRedis() {
        long crc = 0;
        for (byte b : ascii("123456789")) {
            crc = Crc64.next(crc, b);
        }
        assertEquals(0xe9c6d914c4b8d9caL, crc);
    }

    @Test
    void readsAWholeFile() {
        var items = AofDecoder.decode(FILE, 100);
        assertEquals(7, items.size());
        assertEquals(new Preamble(0, rdb(true).length, true), items.getFirst());
        assertEquals(
                "#TS:1700000000",
                assertInstanceOf(AofDecoder.Annotation.class, items.get(2)).text());
        assertEquals(
                "SET \"key with space\" \"Grüße\\r\\n*1\\r\\n$4\\r\\nPIN…\"",
                assertInstanceOf(Command.class, items.get(3)).shown(24));
        assertCovers(FILE, items);
    }

    @Test
    void anRdbWithoutChecksumEndsBeforeACommand() {
        var file = join(rdb(false), command("PING"));
        var items = AofDecoder.decode(file, 10);
        assertEquals(new Preamble(0, rdb(false).length, true), items.getFirst());
        assertEquals(2, items.size());
    }

    @Test
    void cutAtEveryOffsetItReadsWhatIsWhole() {
        var whole = AofDecoder.decode(FILE, 100);
        for (int cut = 0; cut <= FILE.length; cut++) {
            int end = cut;
            var items = AofDecoder.decode(Arrays.copyOf(FILE, cut), 100);
            assertCovers(Arrays.copyOf(FILE, cut), items);
            var sound = whole.stream().filter(i -> i.at() + i.length() <= end).toList();
            var kept = items.stream()
                    .filter(i -> !(i instanceof Broken) && !(i instanceof Preamble p && !p.whole()))
                    .limit(sound.size())
                    .toList();
            assertEquals(places(sound), places(kept), "cut at " + cut);
        }
    }

    @Test
    void goesOnBehindDamageAnywhere() {
        var random = new Random(20261122);
        var tail = join(command("SET", "a", "1"), command("SET", "b", "2"), command("SET", "c", "3"));
        for (int at = 0; at < tail.length; at++) {
            var damaged = tail.clone();
            damaged[at] = (byte) random.nextInt(256);
            var items = AofDecoder.decode(damaged, 100);
            assertCovers(damaged, items);
            if (at < command("SET", "a", "1").length) {
                assertTrue(
                        items.stream()
                                .anyMatch(i ->
                                        i instanceof Command c && c.shown(9).equals("SET c 3")),
                        () -> items.toString());
            }
        }
    }

    @Test
    void namesWhatItCannotRead() {
        var items = AofDecoder.decode(join(ascii("rubbish"), command("GET", "\u0001\"x")), 10);
        assertEquals(new Broken(0, 7, List.of()), items.get(0));
        assertEquals("GET \"\\x01\\\"x\"", ((Command) items.get(1)).shown(20));
        assertEquals(1, AofDecoder.decode(FILE, 1).size());
        assertEquals(List.of(), AofDecoder.decode(new byte[0], 5));
        // lengths that no file can hold end nothing but themselves
        assertEquals(
                List.of(new Broken(0, 26, List.of())),
                AofDecoder.decode(ascii("*2\r\n$9999999999\r\nabc\r\nxxxx"), 10));
    }

    @Test
    void aCommandThatTheEndCutsOffIsReadAsFarAsItGoes() {
        var cut = join(command("SET", "k296", "value 296 with words"));
        var items = AofDecoder.decode(Arrays.copyOf(cut, cut.length - 7), 10);
        assertEquals(
                "SET k296 \"value 296 with \"… ⟨" + (cut.length - 7) + " B⟩", ((Broken) items.getFirst()).shown(40));
    }

    private static List<Long> places(List<Item> items) {
        return items.stream().map(Item::at).toList();
    }

    private static void assertCovers(byte[] data, List<Item> items) {
        long at = 0;
        for (var i : items) {
            assertEquals(at, i.at());
            at += i.length();
        }
        assertEquals(data.length, at);
    }
}
