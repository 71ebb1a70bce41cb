package io.clusterdeck.sign;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts and bytes with their length before them (RFC 4251, section 5). */
final class Wire {

    private Wire() {}

    static final class Writer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Writer raw(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        Writer number(int n) {
            return raw(ByteBuffer.allocate(4).putInt(n).array());
        }

        Writer bytes(byte[] bytes) {
            return number(bytes.length).raw(bytes);
        }

        Writer text(String text) {
            return bytes(text.getBytes(StandardCharsets.UTF_8));
        }

        byte[] written() {
            return out.toByteArray();
        }
    }

    /** What is too short is read as nothing, so that a damaged file is no exception but a wrong signature. */
    static final class Reader {
        private final ByteBuffer in;
        private boolean broken;

        Reader(byte[] bytes) {
            in = ByteBuffer.wrap(bytes);
        }

        byte[] raw(int length) {
            boolean there = length >= 0 && length <= in.remaining();
            broken |= !there;
            var bytes = new byte[there ? length : 0];
            in.get(bytes);
            return bytes;
        }

        int number() {
            return in.remaining() < 4 ? -1 : in.getInt();
        }

        byte[] bytes() {
            return raw(number());
        }

        String text() {
            return new String(bytes(), StandardCharsets.UTF_8);
        }

        /** Whether all of it was read, and nothing was missing. */
        boolean done() {
            return !broken && !in.hasRemaining();
        }
    }
}
