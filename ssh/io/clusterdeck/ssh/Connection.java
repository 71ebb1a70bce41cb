package io.clusterdeck.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One SSH connection that has signed in, and the channels that may be open in it at once. */
final class Connection implements AutoCloseable {

    /** sshd allows 10 sessions per connection by default; two are left for others. */
    static final int CHANNELS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration OPEN = Duration.ofSeconds(15);
    private static final int ALIVE_MILLIS = 5_000;
    private static final int ALIVE_MISSES = 3;

    private final HostName name;
    private final Session session;
    private volatile boolean closed;

    // guarded by the lanes that hold this
    int limit = CHANNELS;
    int used;

    private Connection(HostName name, Session session) {
        this.name = name;
        this.session = session;
    }

    /** A channel that the server would not open; {@code reason} is RFC 4254's code, 0 when none came in time. */
    static final class Refused extends Exception {
        final int reason;

        Refused(int reason) {
            super("channel refused, reason " + reason);
            this.reason = reason;
        }
    }

    /**
     * Connects once. The caller retries after a {@link JSchHostKeyException}.
     *
     * @throws JSchException with the reason as JSch words it
     */
    static Connection open(HostSpec spec, Target target, HostKeyCheck check, SignIn signIn, @Nullable SshHost jump)
            throws JSchException, Failure, InterruptedException {
        var jsch = new JSch();
        jsch.setInstanceLogger(JschLog.INSTANCE);
        var session = jsch.getSession(target.user(), target.host(), target.port());
        session.setHostKeyRepository(check);
        session.setHostKeyAlias(target.hostKeyName());
        session.setIdentityRepository(signIn);
        session.setUserInfo(signIn);
        session.setConfig("StrictHostKeyChecking", "yes");
        session.setConfig("PreferredAuthentications", "publickey,keyboard-interactive,password");
        session.setConfig("MaxAuthTries", "20");
        session.setDaemonThread(true);
        session.setThreadFactory(
                Thread.ofPlatform().daemon().name("ssh " + spec.name()).factory());
        session.setServerAliveInterval(ALIVE_MILLIS);
        session.setServerAliveCountMax(ALIVE_MISSES);
        session.setSocketFactory(new QuickSockets(CONNECT));
        if (jump != null) {
            session.setProxy(new JumpProxy(jump));
        }
        try {
            Patience.call(
                    "connect " + spec.name(),
                    () -> {
                        session.connect((int) CONNECT.toMillis());
                        return session;
                    },
                    CONNECT.plusSeconds(5),
                    signIn::asking,
                    session::disconnect);
        } catch (TimeoutException late) {
            throw new JSchException("timeout", late);
        } catch (ExecutionException failed) {
            throw jschException(failed.getCause());
        }
        return new Connection(spec.name(), session);
    }

    private static JSchException jschException(@Nullable Throwable cause) throws Failure {
        for (var t = cause; t != null; t = t.getCause()) {
            if (t instanceof JumpProxy.Broken broken) {
                throw broken.failure;
            }
        }
        return cause instanceof JSchException e ? e : new JSchException(String.valueOf(cause), cause);
    }

    boolean alive() {
        return !closed && session.isConnected();
    }

    /** Starts {@link Shell#COMMAND}. */
    ExecShell shell(Runnable released) throws Refused, Failure, InterruptedException {
        try {
            var channel = (ChannelExec) session.openChannel("exec");
            channel.setCommand(Shell.COMMAND);
            var err = new Pipe();
            channel.setErrStream(err.in());
            var stream = Stream.of(channel);
            connect(channel);
            return new ExecShell(session, stream, err.out(), released);
        } catch (JSchException down) {
            throw lost(down);
        } catch (RuntimeException broken) {
            throw broken(broken);
        }
    }

    /** A connection from the host to an address that it can reach. */
    Stream tunnel(String address, int port) throws Refused, Failure, InterruptedException {
        try {
            var channel = (ChannelDirectTCPIP) session.openChannel("direct-tcpip");
            channel.setHost(address);
            channel.setPort(port);
            channel.setOrgIPAddress("127.0.0.1");
            channel.setOrgPort(0);
            var stream = Stream.of(channel);
            connect(channel);
            return stream;
        } catch (JSchException down) {
            throw lost(down);
        } catch (RuntimeException broken) {
            throw broken(broken);
        }
    }

    private void connect(Channel channel) throws JSchException, Refused, InterruptedException {
        try {
            Patience.call(
                    "channel to " + name,
                    () -> {
                        channel.connect((int) OPEN.toMillis());
                        return channel;
                    },
                    OPEN,
                    () -> false,
                    channel::disconnect);
        } catch (TimeoutException late) {
            throw new Refused(0);
        } catch (ExecutionException failed) {
            if (!session.isConnected()) {
                throw new JSchException("session is down", failed.getCause());
            }
            throw new Refused(Math.max(0, channel.getExitStatus()));
        }
    }

    /** A session that ends while a channel is being opened makes JSch trip over what it has let go of already: no more is asked of it. */
    private Unreachable broken(RuntimeException why) {
        close();
        return lost(why);
    }

    private Unreachable lost(Exception why) {
        return new Unreachable(Say.of("ssh.lost", "host", name), Say.of("ssh.lost.next", "host", name), why);
    }

    NotAllowed noChannel() {
        return new NotAllowed(
                Say.of("ssh.channel-refused", "host", name), Say.of("ssh.channel-refused.next", "host", name));
    }

    @Override
    public void close() {
        closed = true;
        try {
            session.disconnect();
        } catch (RuntimeException gone) {
            LOG.debug("{}: the session had ended", name, gone);
        }
    }
}
