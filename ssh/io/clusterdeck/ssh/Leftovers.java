package io.clusterdeck.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Folders of sockets, named after this process, that are to go when it ends and nobody closed what is in them; and those of processes
 * that were killed. Not File.deleteOnExit: that one keeps every path until the end, and there is a socket for each time that a node is
 * looked for.
 */
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);
    private static final Pattern OURS = Pattern.compile("clusterdeck-(\\d+)-\\d+");
    private static final Set<Path> FOLDERS = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FOLDERS.forEach(Leftovers::remove), "sockets"));
    }

    private Leftovers() {}

    /** A new one below a base that only this user may enter; takes away those of dead processes there. */
    static Path folder(Path base) throws IOException {
        sweep(base);
        var folder = Files.createTempDirectory(
                base, "clusterdeck-" + ProcessHandle.current().pid() + "-", Private.folder());
        FOLDERS.add(folder);
        return folder;
    }

    static void gone(Path folder) {
        FOLDERS.remove(folder);
    }

    private static void sweep(Path base) throws IOException {
        try (var all = Files.newDirectoryStream(base, "clusterdeck-*")) {
            for (var folder : all) {
                var name = OURS.matcher(folder.getFileName().toString());
                if (name.matches() && dead(name.group(1)) && Files.isWritable(folder)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean dead(String pid) {
        try {
            return ProcessHandle.of(Long.parseLong(pid)).isEmpty();
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }

    /** Sockets and nothing else: a folder that holds other things is not ours, whatever its name. */
    private static void remove(Path folder) {
        try (var sockets = Files.newDirectoryStream(folder, "*.sock")) {
            for (var socket : sockets) {
                Files.deleteIfExists(socket);
            }
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            LOG.debug("{} could not be removed", folder, left);
        }
    }
}
