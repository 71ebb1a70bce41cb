package io.clusterdeck.redis.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Replies recorded from real servers, {@code VERSION/SITUATION.NODE.COMMAND}. */
public final class Replies {

    private Replies() {}

    public static String of(String name) {
        try (var in = Replies.class.getResourceAsStream("/replies/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException(name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
