package io.clusterdeck.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The TCP ports on which this very process listens, as the kernel tells it. */
final class Listening {
    private Listening() {}

    static Set<Integer> here() throws IOException {
        Set<String> ours;
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            ours = open.map(Listening::leads)
                    .filter(l -> l.startsWith("socket:["))
                    .map(l -> l.replaceAll("\\D", ""))
                    .collect(Collectors.toSet());
        }
        var ports = new TreeSet<Integer>();
        for (var table : Stream.of("tcp", "tcp6").toList()) {
            for (var line : Files.readAllLines(Path.of("/proc/self/net", table))) {
                var words = line.strip().split(" +");
                if (words[3].equals("0A") && ours.contains(words[9])) {
                    ports.add(Integer.parseInt(words[1].replaceAll(".*:", ""), 16));
                }
            }
        }
        return ports;
    }

    private static String leads(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException closed) {
            return "";
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
