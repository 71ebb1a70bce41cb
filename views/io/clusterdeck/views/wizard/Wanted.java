package io.clusterdeck.views.wizard;

import java.util.List;

/**
 * What a host is looked at for.
 *
 * @param ports of the nodes on one host
 * @param compiles whether Redis may have to be compiled there
 */
record Wanted(String root, String data, List<Integer> ports, boolean compiles) {
    Wanted {
        ports = List.copyOf(ports);
    }
}
