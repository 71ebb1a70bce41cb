package io.clusterdeck.ssh;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Values that break careless quoting: the well-known ones, and seeded mixtures of them. */
public final class Hostile {

    private static final List<String> PIECES = List.of(
            " ",
            "  ",
            "'",
            "\"",
            "`id`",
            "$(id)",
            "$HOME",
            "${x}",
            "\n",
            "\n\n",
            "\t",
            "\r",
            "\\",
            "\\n",
            "%",
            "%0A",
            "%s",
            "-",
            "--",
            "-rf",
            "*",
            "?",
            "[a]",
            "~",
            "#",
            ";",
            "&",
            "|",
            "<",
            ">",
            "(",
            ")",
            "{",
            "}",
            "!",
            "=",
            "::",
            "a",
            "é",
            "集群",
            "🙂",
            "\u0001",
            "\u0081\u0088",
            "\u007f",
            ",",
            "^",
            "\u00a0",
            "EOF",
            ".",
            "/");

    private Hostile() {}

    /** The same values every time, {@code mixed} of them mixtures. */
    public static List<String> values(int mixed) {
        var values = new ArrayList<String>(
                List.of("", " ", "a'b\"c $(touch /tmp/x) `id` \\", "-n", "-e x", "\n", "x\n", "\nx\n\n", "=", "~/x"));
        values.add(String.join("", PIECES));
        values.addAll(PIECES);
        var random = new Random(623);
        for (int i = 0; i < mixed; i++) {
            var value = new StringBuilder();
            for (int n = random.nextInt(12); n >= 0; n--) {
                value.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            values.add(value.toString());
        }
        return values;
    }
}
