package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Texts in a folder that only this user may enter, in files that only this user may read. The folder is made with the first. */
public record Guarded(Path folder) {

    public Optional<String> text(String name) throws Failure {
        var file = folder.resolve(name);
        try {
            return Optional.of(Files.readString(file));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failed) {
            throw Kept.unreadable(file, failed);
        }
    }

    public void keep(String name, String text) throws Failure {
        var file = folder.resolve(name);
        try {
            Files0600.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }
}
