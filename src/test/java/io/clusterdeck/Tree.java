package io.clusterdeck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What lies in a folder while others may be at work there: Files.walk fails where something vanishes meanwhile. */
public final class Tree {

    private Tree() {}

    /** Files and folders, without the folder itself, in order; without what vanished on the way. */
    public static List<Path> below(Path folder) {
        var all = new ArrayList<Path>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path found, BasicFileAttributes its) {
                    all.add(found);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path found, BasicFileAttributes its) {
                    all.add(found);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path gone, IOException why) throws IOException {
                    if (why instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw why;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path left, @Nullable IOException why) throws IOException {
                    return why == null ? FileVisitResult.CONTINUE : visitFileFailed(left, why);
                }
            });
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        all.remove(folder);
        all.sort(null);
        return all;
    }

    /** Likewise, with the folder; nothing where there is none. */
    public static List<Path> from(Path folder) {
        var all = below(folder);
        if (Files.exists(folder)) {
            all.addFirst(folder);
        }
        return all;
    }

    /** Likewise, as names within the folder. */
    public static List<String> names(Path folder) {
        return below(folder).stream().map(f -> folder.relativize(f).toString()).toList();
    }
}
