package io.clusterdeck.redis.aof;

/** The CRC that ends an RDB (crc64.c: "Jones", reflected, initial value 0). */
final class Crc64 {
    private static final long[] TABLE = new long[256];

    static {
        for (int b = 0; b < 256; b++) {
            long crc = b;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 1 ? crc >>> 1 ^ 0x95ac9329ac4bc9b5L : crc >>> 1;
            }
            TABLE[b] = crc;
        }
    }

    private Crc64() {}

    static long next(long crc, byte b) {
        return TABLE[(int) (crc ^ b) & 0xff] ^ crc >>> 8;
    }
}
