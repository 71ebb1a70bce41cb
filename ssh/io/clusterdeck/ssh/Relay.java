package io.clusterdeck.ssh;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/**
 * A connection through a host whose sshd forbids forwarding: {@code remote/relay.sh} passes the bytes on, in a session of its own. That
 * goes round nobody's guard: "disabling TCP forwarding does not improve security unless users are also denied shell access, as they can
 * always install their own forwarders", says sshd_config(5).
 */
final class Relay {

    /** What connecting may take, as for a channel that sshd connects. */
    private static final int PATIENCE_MILLIS = 15_000;

    private Relay() {}

    /**
     * Returns when the port has answered. Closing the stream ends what passes the bytes on.
     *
     * @throws Connection.Refused when that host gets no connection there
     * @throws NotAllowed {@code ssh.forwarding-forbidden} when the host has nothing that could pass bytes on
     */
    static Stream open(HostName host, ExecShell shell, String address, int port) throws Failure, Connection.Refused {
        var stream = shell.stream();
        boolean open = false;
        try {
            var nonce = Remote.nonce();
            var script = Script.of("relay", "apply").with("address", address).with("port", port);
            stream.pipe().timeout(PATIENCE_MILLIS);
            stream.out().write(Remote.bare(nonce, script).getBytes(StandardCharsets.UTF_8));
            stream.out().flush();
            var word = mark(stream.in(), nonce).word();
            stream.pipe().timeout(0);
            open = word.equals("open");
            if (open) {
                return stream;
            }
            if (word.equals("closed")) {
                throw new Connection.Refused(0);
            }
            throw forbidden(host);
        } catch (SocketTimeoutException silent) {
            throw new Connection.Refused(0);
        } catch (EOFException noWord) {
            throw shell.connected() ? forbidden(host) : lost(host, noWord);
        } catch (IOException gone) {
            throw lost(host, gone);
        } finally {
            if (!open) {
                stream.close();
            }
        }
    }

    /** Reads up to the first mark and no further: what comes after it is the port's. */
    private static Mark mark(InputStream in, String nonce) throws IOException {
        var line = new StringBuilder();
        while (true) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException("ended before a word came");
            }
            if (b != '\n') {
                line.append((char) b);
                continue;
            }
            var found = Mark.in(line.toString(), nonce);
            if (found.isPresent()) {
                return found.get().mark();
            }
            line.setLength(0);
        }
    }

    private static NotAllowed forbidden(HostName host) {
        return new NotAllowed(
                Say.of("ssh.forwarding-forbidden", "host", host),
                Say.of("ssh.forwarding-forbidden.next", "host", host));
    }

    private static Unreachable lost(HostName host, IOException why) {
        return new Unreachable(Say.of("ssh.lost", "host", host), Say.of("ssh.lost.next", "host", host), why);
    }
}
