package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** This computer, through a local shell in place of SSH. */
public final class LocalHost implements Host {

    private final HostName name;

    public LocalHost(HostName name) {
        this.name = name;
    }

    @Override
    public HostName name() {
        return name;
    }

    @Override
    public Exit run(Script script, Consumer<Line> live) throws Failure, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Following follow(List<RemotePath> files, Consumer<LogLine> to) throws Failure, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void put(Path from, RemotePath to, Progress progress) throws Failure, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void get(RemotePath from, Path to, Progress progress) throws Failure, InterruptedException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Way reach(InetSocketAddress target) {
        return new Way.Direct(target.getHostString(), target.getPort());
    }

    @Override
    public void close() {}
}
