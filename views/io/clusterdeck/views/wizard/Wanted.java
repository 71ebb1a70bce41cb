package io.clusterdeck.views.wizard;

import java.util.List;
import java.util.Optional;

/**
 * What a host is looked at for.
 *
 * @param hosts how many there are
 * @param ports of the nodes on one host
 * @param compiles the release that may have to be compiled there
 */
record Wanted(int hosts, String root, String data, List<Integer> ports, Optional<String> compiles) {
    Wanted {
        ports = List.copyOf(ports);
    }
}
