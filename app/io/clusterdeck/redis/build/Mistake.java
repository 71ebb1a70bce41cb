package io.clusterdeck.redis.build;

import io.clusterdeck.say.Say;

/**
 * Something wrong in a blueprint.
 *
 * @param line counted from 1; 0 when it is about the file as a whole
 * @param column counted from 1
 * @param allowed what may stand there
 */
public record Mistake(String file, int line, int column, Say what, Say allowed) {

    /** All of it in one sentence. */
    public Say say() {
        return line == 0
                ? Say.of("build.mistake.file", "file", file, "what", what, "allowed", allowed)
                : Say.of(
                        "build.mistake",
                        "file",
                        file,
                        "line",
                        line,
                        "column",
                        column,
                        "what",
                        what,
                        "allowed",
                        allowed);
    }
}
