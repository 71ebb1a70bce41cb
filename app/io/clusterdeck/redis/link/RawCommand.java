package io.clusterdeck.redis.link;

import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A command by its words, which knows whether it was ever written to the wire. */
final class RawCommand extends Command<String, String, Reply> {

    private static final Set<String> CONTAINERS = Set.of("CLUSTER", "CONFIG", "CLIENT", "ACL", "DEBUG", "SCRIPT");

    private final String name;
    private volatile boolean sent;

    private RawCommand(String name, Word word, CommandArgs<String, String> args) {
        super(word, new ReplyOutput(), args);
        this.name = name;
    }

    static RawCommand of(String... words) {
        return of(Optional.empty(), words);
    }

    /** @param renamed the word by which the node knows the command, if another; it is sent, and shown nowhere */
    static RawCommand of(Optional<String> renamed, String... words) {
        var args = new CommandArgs<>(StringCodec.UTF8);
        for (int i = 1; i < words.length; i++) {
            args.add(words[i]);
        }
        var first = words[0].toUpperCase(Locale.ROOT);
        boolean two = words.length > 1 && CONTAINERS.contains(first);
        return new RawCommand(
                two ? first + " " + words[1].toUpperCase(Locale.ROOT) : first,
                new Word(renamed.orElse(words[0])),
                args);
    }

    /** AUTH, with the password kept out of every text. */
    static RawCommand auth(String user, char[] password) {
        var args = new CommandArgs<>(StringCodec.UTF8);
        if (!user.isEmpty()) {
            args.add(user);
        }
        return new RawCommand("AUTH", new Word("AUTH"), args.add(password));
    }

    /** Its name without arguments, such as {@code CLUSTER NODES}: arguments may hold secrets. */
    String name() {
        return name;
    }

    /** False only when certainly no byte of it left. */
    boolean sent() {
        return sent;
    }

    @Override
    public void encode(ByteBuf to) {
        sent = true;
        super.encode(to);
    }

    @Override
    public String toString() {
        return name;
    }

    private record Word(String text) implements ProtocolKeyword {
        @Override
        public byte[] getBytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** Not as Lettuce knows it, which would answer EXEC by a type of its own. */
        @Override
        public String toString() {
            return text.toLowerCase(Locale.ROOT);
        }
    }
}
