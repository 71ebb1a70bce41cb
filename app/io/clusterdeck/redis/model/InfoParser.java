package io.clusterdeck.redis.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads INFO and CLUSTER INFO: lines {@code key:value}, headings that begin with {@code #}, in the order of the reply. */
public final class InfoParser {

    private InfoParser() {}

    /** A value may hold colons itself; a line without one is left out. */
    public static Map<String, String> parse(String reply) {
        var found = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < reply.length()) {
            int end = reply.indexOf('\n', at);
            if (end < 0) {
                end = reply.length();
            }
            int last = end > at && reply.charAt(end - 1) == '\r' ? end - 1 : end;
            int colon = reply.indexOf(':', at);
            if (colon > at && colon < last && reply.charAt(at) != '#') {
                found.put(reply.substring(at, colon), reply.substring(colon + 1, last));
            }
            at = end + 1;
        }
        return java.util.Collections.unmodifiableMap(found);
    }
}
