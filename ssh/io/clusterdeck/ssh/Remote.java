package io.clusterdeck.ssh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What is sent to a shell: the scripts of {@code resources/remote/} and the lines round them. */
final class Remote {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, String> TEXTS = new ConcurrentHashMap<>();

    private Remote() {}

    /** A script's text, as it is shown, exported and sent. */
    static String text(String resource) {
        return TEXTS.computeIfAbsent(resource, Remote::read);
    }

    private static String read(String resource) {
        try (var in = Remote.class.getResourceAsStream("/remote/" + resource + ".sh")) {
            if (in == null) {
                throw new IllegalArgumentException("no script remote/" + resource + ".sh");
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.endsWith("\n") ? text : text + "\n";
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The first line for {@link Shell#COMMAND}, and the first script that it loads and runs. */
    static String boot(String nonce, String resource) {
        return load(nonce, text(resource));
    }

    /** The same for a script that runs with its prelude but without the wrapper: what follows on stdin is its own. */
    static String bare(String nonce, Script script) {
        return load(nonce, "set -- \"$HOME\"\n" + prelude(script));
    }

    private static String load(String nonce, String code) {
        var loader = """
            LC_ALL=C; export LC_ALL; N=%s; nl=$(printf '\\nx'); nl=${nl%%x}; \
            load() { c=; while IFS= read -r l; do \
            [ "$l" != "::$N" ] || return 0; c=$c$l$nl; done; return 1; }; \
            load && eval "$c"
            """;
        return loader.formatted(nonce) + code + "::" + nonce + "\n";
    }

    /** The script with its prelude and its arguments, as the wrapper takes it: how many lines come first. */
    static String code(String nonce, Script script) {
        var code = prelude(script) + "::" + nonce + "\n";
        return code.chars().filter(c -> c == '\n').count() + "\n" + code;
    }

    private static String prelude(Script script) {
        var code = new StringBuilder();
        Script.LIBRARY.forEach(part -> code.append(text(part)));
        code.append(Quote.assignment("verb", script.verb()));
        script.args().forEach((name, value) -> code.append(Quote.assignment(name, value)));
        return code.append(text(script.resource())).toString();
    }

    /** Marks the lines of one run, so that nothing else that is printed can pass for one. */
    static String nonce() {
        var bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
