package io.clusterdeck.say;

import java.util.List;

/** A language in which things can be told. Only views and cli have one; they hand it to what writes reports, which makes no sentences itself. */
public interface Speech {

    /** {@code en}, {@code zh}: a language tag (BCP 47). */
    String language();

    String say(Say say);

    /** Things that are of a kind, one after another as the language sets them: {@code h1, h2}; what is a {@link Say} is said. */
    String list(List<?> things);

    /** {@code say(Say.of(key, …))}. */
    default String say(String key, Object... namesAndValues) {
        return say(Say.of(key, namesAndValues));
    }
}
