package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ways through one host: each listens on a Unix socket in a folder that only this user may enter, and pumps every connection
 * over a channel of its own. A door outlives the connection to the host: the next caller signs in again.
 */
final class Doors implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);
    /** sockaddr_un holds 108 bytes on Linux and 104 elsewhere. */
    private static final int LONGEST = 100;

    private final SshHost host;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<Door> open = ConcurrentHashMap.newKeySet();
    private @Nullable Path folder;

    Doors(SshHost host) {
        this.host = host;
    }

    Way open(String address, int port) throws Failure {
        try {
            var door = door(address, port);
            open.add(door);
            Thread.ofVirtual().name(host.name() + " door " + port).start(door::serve);
            return door.way();
        } catch (IOException | UnsupportedOperationException noSocket) {
            throw new NotAllowed(
                    Say.of("ssh.no-socket", "why", String.valueOf(noSocket.getMessage())),
                    Say.of("ssh.no-socket.next"),
                    noSocket);
        }
    }

    private Door door(String address, int port) throws IOException {
        var path = folder().resolve(count.incrementAndGet() + ".sock");
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        return new Door(server.bind(UnixDomainSocketAddress.of(path)), path, address, port);
    }

    private synchronized Path folder() throws IOException {
        if (folder == null) {
            var runtime = System.getenv("XDG_RUNTIME_DIR");
            var base = runtime == null || runtime.isEmpty() || !Files.isWritable(Path.of(runtime))
                    ? Path.of(System.getProperty("java.io.tmpdir"))
                    : Path.of(runtime);
            if (base.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST - 45) {
                base = Path.of("/tmp");
            }
            folder = Leftovers.folder(base);
        }
        return folder;
    }

    @Override
    public synchronized void close() {
        open.forEach(Door::close);
        if (folder != null) {
            delete(folder);
            Leftovers.gone(folder);
            folder = null;
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException left) {
            LOG.debug("{} could not be removed", path, left);
        }
    }

    private final class Door {
        private final ServerSocketChannel server;
        private final Path path;
        private final String address;
        private final int port;
        private volatile @Nullable Failure refused;

        Door(ServerSocketChannel server, Path path, String address, int port) {
            this.server = server;
            this.path = path;
            this.address = address;
            this.port = port;
        }

        Way way() {
            return new Way.Socket(path, this::refused, this::close);
        }

        private Optional<Failure> refused() {
            return Optional.ofNullable(refused);
        }

        void serve() {
            try {
                while (true) {
                    var caller = server.accept();
                    Thread.ofVirtual().name(host.name() + " to " + port).start(() -> connect(caller));
                }
            } catch (ClosedChannelException closed) {
                LOG.debug("{}: the way to {}:{} is closed", host.name(), address, port, closed);
            } catch (IOException broken) {
                LOG.warn("{}: the way to {}:{} broke", host.name(), address, port, broken);
            }
        }

        private void connect(SocketChannel caller) {
            try (caller;
                    var stream = tunnel()) {
                var back = Thread.ofVirtual()
                        .name(host.name() + " from " + port)
                        .start(() -> pump(stream.in(), Channels.newOutputStream(caller), caller));
                pump(Channels.newInputStream(caller), stream.out(), null);
                stream.out().close();
                back.join();
            } catch (Failure | IOException refused) {
                LOG.debug("{}: no way to {}:{}", host.name(), address, port, refused);
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        }

        /** What is refused is known before the caller sees its connection close. */
        private Stream tunnel() throws Failure, InterruptedException {
            try {
                var stream = host.tunnel(address, port);
                refused = null;
                return stream;
            } catch (Failure why) {
                refused = why;
                throw why;
            }
        }

        void close() {
            open.remove(this);
            try {
                server.close();
            } catch (IOException left) {
                LOG.debug("a door would not close", left);
            }
            delete(path);
        }
    }

    /** Copies until the end of the one or the other; then tells the caller that no more will come. */
    private static void pump(InputStream from, OutputStream to, @Nullable SocketChannel finished) {
        try {
            var buffer = new byte[32 << 10];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                to.write(buffer, 0, n);
                to.flush(); // JSch keeps what is written until then, and who asks waits for the answer
            }
        } catch (IOException gone) {
            LOG.debug("one side has gone", gone);
        }
        if (finished != null) {
            try {
                finished.close();
            } catch (IOException gone) {
                LOG.debug("the caller has gone", gone);
            }
        }
    }
}
