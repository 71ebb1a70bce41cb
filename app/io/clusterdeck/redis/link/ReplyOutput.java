package io.clusterdeck.redis.link;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Any RESP2 reply, nested as it comes. An error is a reply like another. */
final class ReplyOutput extends CommandOutput<String, String, Reply> {

    private final Deque<Array> arrays = new ArrayDeque<>();

    private record Array(int size, List<Reply> items) {}

    /** Lettuce hands over every reply but the word QUEUED. */
    ReplyOutput() {
        super(StringCodec.UTF8, new Reply.Text("QUEUED"));
    }

    @Override
    public void set(@Nullable ByteBuffer bytes) {
        add(bytes == null ? new Reply.Nil() : exact(bytes));
    }

    @Override
    public void set(long number) {
        add(new Reply.Number(number));
    }

    @Override
    public void setError(@Nullable ByteBuffer error) {
        add(new Reply.Refused(error == null ? "" : text(error)));
    }

    @Override
    public void multi(int size) {
        if (size < 0) {
            add(new Reply.Nil());
        } else if (size == 0) {
            add(new Reply.Many(List.of()));
        } else {
            arrays.push(new Array(size, new ArrayList<>(size)));
        }
    }

    private void add(Reply reply) {
        var done = reply;
        while (!arrays.isEmpty()) {
            var inner = arrays.element();
            inner.items().add(done);
            if (inner.items().size() < inner.size()) {
                return;
            }
            arrays.pop();
            done = new Reply.Many(List.copyOf(inner.items()));
        }
        output = done;
    }

    private static Reply exact(ByteBuffer bytes) {
        try {
            return new Reply.Text(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.duplicate())
                    .toString());
        } catch (CharacterCodingException binary) {
            return new Reply.Binary(
                    StandardCharsets.ISO_8859_1.decode(bytes.duplicate()).toString());
        }
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
