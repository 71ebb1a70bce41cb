package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** A host over SSH (JSch). */
public final class SshHost implements Host {

    private final HostSpec spec;

    public SshHost(HostSpec spec, Asker asker) {
        this.spec = spec;
    }

    @Override
    public HostName name() {
        return spec.name();
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
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
