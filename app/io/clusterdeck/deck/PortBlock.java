package io.clusterdeck.deck;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Finds ports on this computer that nobody uses: a block of neighbours whose cluster bus ports (+ 10000) are free as well. */
public final class PortBlock {

    private static final int BUS = 10_000;
    private static final Path EPHEMERAL = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    private PortBlock() {}

    /** The first port of a free block of {@code size}, from {@code first} on; none when there is no such block. */
    public static OptionalInt find(int first, int size) {
        int end = ephemeralStart() - BUS - size;
        return IntStream.iterate(first, p -> p <= end, p -> p + size)
                .filter(p -> IntStream.range(p, p + size).allMatch(q -> free(q) && free(q + BUS)))
                .findFirst();
    }

    /** Below this port no outgoing connection can take one of ours (it happens to bus ports; default of Linux 32768). */
    private static int ephemeralStart() {
        try {
            // not readString: it trusts the size of 0 that /proc tells and asks for one byte, and the kernel gives no
            // more of this file
            return Integer.parseInt(
                    Files.readAllLines(EPHEMERAL).getFirst().trim().split("\\s+")[0]);
        } catch (IOException | NumberFormatException notLinux) {
            return 32_768;
        }
    }

    private static boolean free(int port) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
