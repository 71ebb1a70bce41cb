package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A host over SSH (JSch). Signs in on first use and again after its connection was lost. Scripts share a connection and its
 * budget of channels, copies have one of their own, connections to ports take no channel of the budget.
 */
public final class SshHost implements Host {

    /** RFC 4254, 5.1: the server forbids it, as opposed to the address not answering. */
    private static final int PROHIBITED = 1;

    /** With sshd's usual ten sessions to a connection, 48 ports can be connected to at once where forwarding is forbidden. */
    private static final int RELAY_CONNECTIONS = 6;

    private static final Duration RELAY_PATIENCE = Duration.ofSeconds(10);
    private static final Logger LOG = LoggerFactory.getLogger(SshHost.class);

    private final HostSpec spec;
    private final Lanes lanes;
    private final Lanes bulk;
    private final Lanes relays;
    private final SudoPassword sudo;
    private final Doors doors;
    private volatile boolean asked;
    /** Where its sshd would not connect us to; a PermitOpen may allow others. */
    private final Set<String> forbidden = ConcurrentHashMap.newKeySet();

    private final Map<String, SshHost> ownJumps = new ConcurrentHashMap<>();

    /** With jump hosts of its own. */
    public SshHost(HostSpec spec, Asker asker) {
        this(spec, asker, SshFiles.present(), null);
    }

    /** @param jumps finds a shared jump host by what was written for it; null lets this host open its own */
    SshHost(HostSpec spec, Asker asker, SshFiles files, @Nullable Function<String, SshHost> jumps) {
        this.spec = spec;
        Function<String, SshHost> own =
                text -> ownJumps.computeIfAbsent(text, t -> new SshHost(Target.lastJump(t), asker, files, null));
        var opening = new Opening(spec, asker, files, jumps == null ? own : jumps);
        this.lanes = new Lanes(name(), opening);
        this.bulk = new Lanes(name(), opening, 1);
        this.relays = new Lanes(name(), opening, RELAY_CONNECTIONS, RELAY_PATIENCE);
        this.sudo = new SudoPassword(spec, asker);
        this.doors = new Doors(this);
    }

    @Override
    public HostName name() {
        return spec.name();
    }

    @Override
    public Exit run(Script script, Consumer<Line> live) throws Failure, InterruptedException {
        return new Conversation(name(), script, live, sudo).over(shell(lanes, script.resource(), live));
    }

    private ExecShell shell(Lanes lanes, String what, Consumer<Line> live) throws Failure, InterruptedException {
        return lanes.shell(what, say -> {
            LOG.info("{}: {} waits for a channel: {}", name(), what, say.args().get("running"));
            live.accept(new Line.Said(say));
        });
    }

    @Override
    public Following follow(List<RemotePath> files, LogListener to) throws Failure, InterruptedException {
        var what = "follow " + files.stream().map(RemotePath::value).collect(Collectors.joining(", "));
        return Follower.start(name(), files, to, () -> shell(lanes, what, line -> {}));
    }

    @Override
    public void put(Path from, RemotePath to, Progress progress) throws Failure, InterruptedException {
        try {
            Copy.put(name(), shell(bulk, "copy " + to, line -> {}), from, to, progress);
        } finally {
            bulk.closeWhenIdle();
        }
    }

    @Override
    public void get(RemotePath from, Path to, Progress progress) throws Failure, InterruptedException {
        try {
            Copy.get(name(), shell(bulk, "copy " + from, line -> {}), from, to, progress);
        } finally {
            bulk.closeWhenIdle();
        }
    }

    /**
     * {@inheritDoc} Here: through this host, by a Unix socket in a private folder. The target itself need not answer yet. Where sshd forbids
     * forwarding, a program there passes the bytes on.
     *
     * @throws NotAllowed {@code ssh.forwarding-forbidden} when there is no such program, either
     */
    @Override
    public Way reach(InetSocketAddress target) throws Failure, InterruptedException {
        if (!asked) { // once: each try that finds nobody is a line in the host's log
            try {
                open(target.getHostString(), target.getPort()).close();
            } catch (Connection.Refused nobody) {
                LOG.debug("{}: nobody at {} yet", name(), target, nobody);
            }
            asked = true;
        }
        return doors.open(target.getHostString(), target.getPort());
    }

    @Override
    public boolean forbidsForwarding() {
        return !forbidden.isEmpty();
    }

    /** A connection from this host to an address that it can reach. */
    Stream tunnel(String address, int port) throws Failure, InterruptedException {
        try {
            return open(address, port);
        } catch (Connection.Refused refused) {
            throw new Unreachable(
                    Say.of("ssh.not-through", "host", name(), "address", address, "port", port),
                    Say.of("ssh.not-through.next", "host", name(), "address", address, "port", port),
                    refused);
        }
    }

    private Stream open(String address, int port) throws Failure, InterruptedException, Connection.Refused {
        var target = address + " " + port;
        if (!forbidden.contains(target)) {
            try {
                return lanes.any().tunnel(address, port);
            } catch (Connection.Refused refused) {
                if (refused.reason != PROHIBITED) {
                    throw refused;
                }
                LOG.info("{} forbids forwarding to {}: a program there passes bytes on", name(), target);
                forbidden.add(target);
            }
        }
        return Relay.open(name(), relays.shell(), address, port);
    }

    @Override
    public void close() {
        doors.close();
        lanes.close();
        bulk.close();
        relays.close();
        ownJumps.values().forEach(SshHost::close);
    }
}
