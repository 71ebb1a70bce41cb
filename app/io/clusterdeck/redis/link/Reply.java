package io.clusterdeck.redis.link;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a node answers (RESP2). */
public sealed interface Reply {

    record Text(String value) implements Reply {}

    /**
     * Bytes that are no text (UTF-8).
     *
     * @param bytes one character for each
     */
    record Binary(String bytes) implements Reply {}

    record Number(long value) implements Reply {}

    record Many(List<Reply> items) implements Reply {}

    record Nil() implements Reply {}

    /** An error reply: the node understood and refused, such as {@code CLUSTERDOWN Hash slot not served}. */
    record Refused(String message) implements Reply {

        /** The first word: {@code NOPERM}, {@code ERR}, {@code MOVED} … */
        public String code() {
            int space = message.indexOf(' ');
            return space < 0 ? message : message.substring(0, space);
        }
    }

    /** The text of a text reply, the digits of a number, else the whole as text. */
    default String text() {
        return switch (this) {
            case Text t -> t.value();
            case Binary b -> new String(b.bytes().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
            case Number n -> Long.toString(n.value());
            case Nil nil -> "";
            case Refused r -> r.message();
            case Many m ->
                m.items().stream()
                        .map(Reply::text)
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse("");
        };
    }
}
