package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** This computer, through a local shell in place of SSH. */
public final class LocalHost implements Host {

    private final HostName name;
    private final SudoPassword sudo;
    private final String sh;
    private final @Nullable String path;

    /** Where sudo wants a password, nobody is asked and it is refused. */
    public LocalHost(HostName name) {
        this(name, Asker.NOBODY);
    }

    public LocalHost(HostName name, Asker asker) {
        this(name, asker, "/bin/sh", null);
    }

    private LocalHost(HostName name, Asker asker, String sh, @Nullable String path) {
        this.name = name;
        this.sh = sh;
        this.path = path;
        var here = new HostSpec(name, "local", 0, System.getProperty("user.name"), List.of(), null, false);
        this.sudo = new SudoPassword(here, asker);
    }

    /** With another POSIX shell and another PATH than the system's, such as busybox alone: for proving scripts. */
    public static LocalHost under(HostName name, String sh, String path) {
        return new LocalHost(name, Asker.NOBODY, sh, path);
    }

    @Override
    public HostName name() {
        return name;
    }

    @Override
    public Exit run(Script script, Consumer<Line> live) throws Failure, InterruptedException {
        return new Conversation(name, script, live, sudo).over(shell());
    }

    private LocalShell shell() throws Failure {
        try {
            return LocalShell.start(sh, path);
        } catch (IOException none) {
            throw new Unreachable(
                    Say.of("ssh.no-local-shell", "why", String.valueOf(none.getMessage())),
                    Say.of("ssh.no-local-shell.next"),
                    none);
        }
    }

    @Override
    public Following follow(List<RemotePath> files, LogListener to) throws Failure, InterruptedException {
        return Follower.start(name, files, to, this::shell);
    }

    @Override
    public void put(Path from, RemotePath to, Progress progress) throws Failure, InterruptedException {
        Copy.put(name, shell(), from, to, progress);
    }

    @Override
    public void get(RemotePath from, Path to, Progress progress) throws Failure, InterruptedException {
        Copy.get(name, shell(), from, to, progress);
    }

    @Override
    public Way reach(InetSocketAddress target) {
        return new Way.Direct(target.getHostString(), target.getPort());
    }

    @Override
    public void close() {}
}
