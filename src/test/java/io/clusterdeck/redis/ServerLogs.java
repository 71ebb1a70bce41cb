package io.clusterdeck.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/** What servers did meanwhile, for who reads of a failure that he did not see. */
public final class ServerLogs {

    private ServerLogs() {}

    /** The last lines of each server's log. */
    public static String ends(LocalCluster cluster, int most) {
        var text = new StringBuilder();
        for (var server : cluster.servers()) {
            var lines = lines(server);
            text.append(server.address()).append('\n');
            lines.subList(Math.max(0, lines.size() - most), lines.size())
                    .forEach(l -> text.append("  ").append(l).append('\n'));
        }
        return text.toString();
    }

    private static List<String> lines(LocalCluster.Server server) {
        try {
            return Files.readAllLines(server.log());
        } catch (IOException none) {
            return List.of("no log: " + none);
        }
    }
}
