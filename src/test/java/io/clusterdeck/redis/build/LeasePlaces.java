package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Lease;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Host;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.RemotePath;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Where the deck lays the lease: beside the configuration of each host's first node, where folders are made for it that are not there yet. */
final class LeasePlaces {

    private LeasePlaces() {}

    interface Hosts {
        Host host(HostName name) throws Failure;
    }

    /** None where all is on one host: processes of one computer exclude each other without. */
    static List<Lease.Place> of(ClusterSpec spec, Hosts hosts) {
        var folders = new TreeMap<HostName, String>((a, b) -> a.value().compareTo(b.value()));
        for (var site : spec.sites()) {
            folders.merge(site.host(), folder(site), (a, b) -> a.compareTo(b) < 0 ? a : b);
        }
        var places = new ArrayList<Lease.Place>();
        for (var e : folders.entrySet()) {
            try {
                places.add(new Lease.Place(hosts.host(e.getKey()), new RemotePath(e.getValue())));
            } catch (Failure unknown) {
                throw new AssertionError(unknown);
            }
        }
        return places.size() == 1 ? List.of() : places;
    }

    private static String folder(NodeSite site) {
        var conf = site.conf().value();
        return conf.substring(0, conf.lastIndexOf('/'));
    }
}
