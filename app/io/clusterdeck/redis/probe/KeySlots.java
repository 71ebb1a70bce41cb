package io.clusterdeck.redis.probe;

import io.clusterdeck.redis.model.SlotRange;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Which slot a key belongs to: CRC16 (XMODEM) of what stands in its braces, modulo 16384 (keyHashSlot in cluster.c). */
final class KeySlots {
    private static final int POLYNOMIAL = 0x1021;

    private KeySlots() {}

    static int of(String hashed) {
        int crc = 0;
        for (byte b : hashed.getBytes(StandardCharsets.UTF_8)) {
            crc ^= (b & 0xff) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : crc << 1 ^ POLYNOMIAL;
            }
        }
        return (crc & 0xffff) % SlotRange.SLOTS;
    }

    /** A text for the braces of a key that leads into one of these slots; there is one for each range, however small. */
    static String into(List<SlotRange> slots) {
        for (int n = 0; n < 10_000_000; n++) {
            var tag = Integer.toString(n, Character.MAX_RADIX);
            int slot = of(tag);
            if (slots.stream().anyMatch(r -> r.from() <= slot && slot <= r.to())) {
                return tag;
            }
        }
        throw new IllegalArgumentException("no slots: " + slots);
    }
}
