package io.clusterdeck.say;

/** A language in which things can be told. Only views and cli have one; they hand it to what writes reports, which makes no sentences itself. */
public interface Speech {

    /** {@code en}, {@code zh}: a language tag (BCP 47). */
    String language();

    String say(Say say);

    /** {@code say(Say.of(key, …))}. */
    default String say(String key, Object... namesAndValues) {
        return say(Say.of(key, namesAndValues));
    }
}
