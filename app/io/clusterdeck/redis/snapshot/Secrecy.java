package io.clusterdeck.redis.snapshot;

import java.util.List;
import java.util.Locale;

/** Which directives never leave a node: those that hold a password, in any release of Redis or Valkey. */
final class Secrecy {

    private static final List<String> WORDS = List.of("pass", "masterauth", "primaryauth", "secret", "token");

    private Secrecy() {}

    static boolean secret(String directive) {
        var name = directive.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(name::contains);
    }
}
