package io.clusterdeck.views.wizard;

import java.util.List;
import java.util.Optional;

/**
 * What a host is looked at for.
 *
 * @param ports of the nodes on one host
 * @param compiles the release that may have to be compiled there
 */
record Wanted(String root, String data, List<Integer> ports, Optional<String> compiles) {
    Wanted {
        ports = List.copyOf(ports);
    }
}
