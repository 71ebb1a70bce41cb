package io.clusterdeck.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Any name as the name of a folder. Pure. */
final class FolderName {

    private static final int LONGEST = 100;

    private FolderName() {}

    /** Letters and digits of any script stay, other characters become {@code %XX}; dots too, since files of ours have one. */
    static String of(String name) {
        var safe = new StringBuilder();
        name.codePoints().forEach(c -> {
            boolean plain = Character.isLetterOrDigit(c) || c == '-' || c == '_';
            if (plain) {
                safe.appendCodePoint(c);
            } else {
                var bytes = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                for (byte b : bytes) {
                    safe.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
                }
            }
        });
        // an empty name, and one too long for a file system: told apart by their hash
        boolean fits = !safe.isEmpty() && safe.toString().getBytes(StandardCharsets.UTF_8).length <= LONGEST;
        return fits ? safe.toString() : "%" + Digest.sha256(name).substring(0, 32);
    }
}
