package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The hosts in use: opened on first use, shared by everyone, closed together; a jump host is shared by those behind it. */
public final class Hosts implements AutoCloseable {

    private final Asker asker;
    private final SshFiles files;
    private final Map<HostName, HostSpec> specs = new ConcurrentHashMap<>();
    private final Map<HostName, Host> open = new ConcurrentHashMap<>();

    public Hosts(Asker asker) {
        this(asker, SshFiles.present());
    }

    public Hosts(Asker asker, SshFiles files) {
        this.asker = asker;
        this.files = files;
    }

    /** Adds hosts; one whose spec has changed is closed and opened anew when it is next asked for. */
    public void know(Collection<HostSpec> more) {
        for (var spec : more) {
            var before = specs.put(spec.name(), spec);
            if (before != null && !before.equals(spec)) {
                Optional.ofNullable(open.remove(spec.name())).ifPresent(Host::close);
            }
        }
    }

    /** The host of that name; it signs in when first used, and again after its connection was lost. */
    public Host host(HostName name) throws Failure {
        var spec = specs.get(name);
        if (spec == null) {
            throw new IllegalArgumentException("unknown host " + name);
        }
        noLoop(spec);
        return open.computeIfAbsent(
                name, n -> spec.local() ? new LocalHost(n, asker) : new SshHost(spec, asker, files, this::jump));
    }

    /** A jump host by its name among the hosts, else by what ssh would make of the text. */
    private SshHost jump(String text) {
        var known = specs.get(new HostName(text));
        var spec = known == null || known.local() ? Target.lastJump(text) : known;
        var host = open.computeIfAbsent(
                known == null ? new HostName("jump " + text) : known.name(),
                n -> new SshHost(spec, asker, files, this::jump));
        return host instanceof SshHost ssh ? ssh : new SshHost(spec, asker, files, this::jump);
    }

    private void noLoop(HostSpec spec) throws NotAllowed {
        var seen = new LinkedHashSet<String>();
        for (var s = spec; s != null && s.jump() != null; s = specs.get(new HostName(s.jump()))) {
            if (!seen.add(s.name().value())) {
                throw new NotAllowed(
                        Say.of("ssh.jump-loop", "host", spec.name(), "hosts", java.util.List.copyOf(seen)),
                        Say.of("ssh.jump-loop.next"));
            }
        }
    }

    @Override
    public void close() {
        open.values().forEach(Host::close);
        open.clear();
    }
}
