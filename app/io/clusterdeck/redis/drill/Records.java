package io.clusterdeck.redis.drill;

import io.clusterdeck.say.Failure;
import java.nio.file.Path;
import java.util.List;

/** Where the results of a cluster's drills are kept. */
public interface Records {
    /** Keeps a result as JSON. */
    void keep(String id, String json) throws Failure;

    /** The files of all that are kept, oldest first. */
    List<Path> all() throws Failure;

    /** The JSON in one of them. */
    String read(Path file) throws Failure;

    /** The file for the acknowledged writes of a drill; its folder is there. */
    Path acks(String id) throws Failure;

    /** Results that only this process remembers go nowhere else. */
    static Records in(Path folder) {
        return new FolderRecords(folder);
    }
}
