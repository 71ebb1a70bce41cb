package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts in use: one connection each, opened on first use, shared by everyone, closed together. */
public final class Hosts implements AutoCloseable {

    private final Asker asker;
    private final Map<HostName, HostSpec> specs = new ConcurrentHashMap<>();
    private final Map<HostName, Host> open = new ConcurrentHashMap<>();

    public Hosts(Asker asker) {
        this.asker = asker;
    }

    public void know(Collection<HostSpec> more) {
        more.forEach(s -> specs.put(s.name(), s));
    }

    /** The host of that name; it signs in when first used, and again after its connection was lost. */
    public Host host(HostName name) throws Failure {
        var spec = specs.get(name);
        if (spec == null) {
            throw new IllegalArgumentException("unknown host " + name);
        }
        return open.computeIfAbsent(name, n -> spec.local() ? new LocalHost(n) : new SshHost(spec, asker));
    }

    @Override
    public void close() {
        open.values().forEach(Host::close);
        open.clear();
    }
}
