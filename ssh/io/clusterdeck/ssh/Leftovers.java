package io.clusterdeck.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders of sockets that are to go when this process ends and nobody closed what is in them. Not File.deleteOnExit: that one keeps
 * every path until the end, and there is a socket for each time that a node is looked for.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FOLDERS.forEach(Leftovers::remove), "sockets"));
    }

    private Leftovers() {}

    static void folder(Path folder) {
        FOLDERS.add(folder);
    }

    static void gone(Path folder) {
        FOLDERS.remove(folder);
    }

    private static void remove(Path folder) {
        try (var sockets = Files.newDirectoryStream(folder)) {
            for (var socket : sockets) {
                Files.deleteIfExists(socket);
            }
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            LOG.debug("{} could not be removed", folder, left);
        }
    }
}
