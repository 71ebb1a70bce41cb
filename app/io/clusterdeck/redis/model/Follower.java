package io.clusterdeck.redis.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A replica as its master lists it in INFO: {@code slave0:ip=10.0.0.2,port=9001,state=online,offset=1234,lag=0}. What a master lists is of
 * one instant.
 *
 * @param offset bytes it has acknowledged
 * @param lag seconds since it acknowledged
 */
public record Follower(String host, int port, boolean online, long offset, long lag) {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    /** Those that a master lists, in its order: it numbers them from 0 on, without gaps (genRedisInfoString in server.c). */
    public static List<Follower> of(NodeInfo master) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> master.info().get("slave" + i))
                .takeWhile(Objects::nonNull)
                .map(Follower::read)
                .toList();
    }

    /** Whether that node is meant, by address and port. */
    public boolean is(Node node) {
        return node.address().port() == port && node.address().host().equals(host);
    }

    private static Follower read(String line) {
        var fields = new HashMap<String, String>();
        for (var field : line.split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(field.substring(0, equals), field.substring(equals + 1));
            }
        }
        return new Follower(
                fields.getOrDefault("ip", ""),
                (int) number(fields, "port"),
                "online".equals(fields.get("state")),
                number(fields, "offset"),
                number(fields, "lag"));
    }

    private static long number(Map<String, String> fields, String name) {
        var text = fields.getOrDefault(name, "");
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
