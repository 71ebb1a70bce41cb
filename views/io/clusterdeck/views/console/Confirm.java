package io.clusterdeck.views.console;

/**
 * A dangerous command that waits for its name to be typed again.
 *
 * @param line as it was entered
 * @param wanted what must be typed
 */
public record Confirm(String line, String wanted) {}
