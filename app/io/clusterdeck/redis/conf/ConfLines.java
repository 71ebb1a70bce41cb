package io.clusterdeck.redis.conf;

import java.util.List;

/** What a configuration says, be it of one file or of several that are read as one. */
public interface ConfLines {

    /** The arguments of every line of a directive, in the order in which Redis reads them. */
    List<List<String>> all(String directive);

    /** Whether nothing is missing of it: a file that is included and not known may say anything. */
    boolean whole();
}
