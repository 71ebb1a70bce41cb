package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.Unreachable;
import io.lettuce.core.RedisCommandTimeoutException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.NotSslRecordException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong on a connection, told as the operator must know it: not reached, refused, or outcome unknown. */
final class Trouble {

    static final String BROKE = "link.broke";

    private Trouble() {}

    static Failure connecting(NodeAddress to, Throwable failed) {
        return unreachable(to, reason(failed), failed);
    }

    /** Why it is not trusted, where that is what went wrong. The handshake goes on while the first command waits, so that tells it, too. */
    static Optional<Failure> untrusted(NodeAddress to, Throwable failed) {
        for (Throwable t = failed; t != null; t = t.getCause()) {
            if (t instanceof NodeTrust.Untrusted untrusted) {
                return Optional.of(untrusted(to, untrusted.reason(), failed));
            }
            if (t instanceof NotSslRecordException) {
                return Optional.of(untrusted(to, Say.of("tls.plain"), failed));
            }
        }
        return Optional.empty();
    }

    /** It is there, and it is not, or does not speak as, the one that we may talk to. */
    static SignInRefused untrusted(NodeAddress to, Say reason, @Nullable Throwable cause) {
        return new SignInRefused(
                Say.of("link.untrusted", "node", to, "reason", reason), Say.of(reason.key() + ".next"), cause);
    }

    /** What a server said before it dropped the connection, where we know what it means. */
    static Optional<Failure> told(NodeAddress to, String words) {
        if (words.startsWith("-DENIED")) {
            return Optional.of(protectedMode(to, words.substring(1)));
        }
        return words.startsWith("-ERR max number of clients")
                ? Optional.of(new NotAllowed(Say.of("link.full", "node", to), Say.of("link.full.next")))
                : Optional.empty();
    }

    static NotAllowed protectedMode(NodeAddress to, String told) {
        return new NotAllowed(
                Say.of("link.protected-mode", "node", to, "told", told), Say.of("link.protected-mode.next"));
    }

    static Unreachable notSent(NodeAddress to, RawCommand command, @Nullable Throwable cause) {
        return new Unreachable(
                Say.of("link.not-sent", "node", to, "command", command.name()), Say.of("link.not-sent.next"), cause);
    }

    static OutcomeUnknown noAnswer(NodeAddress to, RawCommand command, Duration limit, Throwable cause) {
        return new OutcomeUnknown(
                Say.of("link.no-answer", "node", to, "command", command.name(), "limit", limit.toMillis()),
                Say.of("link.unknown.next"),
                cause);
    }

    static OutcomeUnknown broke(NodeAddress to, RawCommand command, Throwable cause) {
        return new OutcomeUnknown(
                Say.of(BROKE, "node", to, "command", command.name()), Say.of("link.unknown.next"), cause);
    }

    static Unreachable silent(NodeAddress to, Throwable cause) {
        return new Unreachable(Say.of("link.silent", "node", to), Say.of("link.silent.next"), cause);
    }

    /** Connected, and dropped at once: there may be words to it. */
    static boolean unclear(Unreachable failure) {
        return failure.what().args().get("reason") instanceof Say reason
                && (reason.key().equals("link.reason.other") || reason.key().equals("link.reason.closed"));
    }

    /** Connected, and over before an answer came. */
    static boolean hungUp(Unreachable failure) {
        return unclear(failure) || failure.what().key().equals("link.not-sent");
    }

    static Unreachable dropped(NodeAddress to, Throwable cause) {
        return unreachable(to, Say.of("link.reason.closed"), cause);
    }

    /** What the host between here and the node had to say: of the node, where that did not let it in. */
    static Failure onTheWay(NodeAddress to, Failure refusal) {
        return refusal.what().key().equals("ssh.not-through")
                ? unreachable(
                        to,
                        Say.of(
                                "link.reason.not-through",
                                "host",
                                String.valueOf(refusal.what().args().get("host"))),
                        refusal)
                : refusal;
    }

    private static Unreachable unreachable(NodeAddress to, Say reason, Throwable cause) {
        return new Unreachable(
                Say.of("link.unreachable", "node", to, "reason", reason), Say.of("link.unreachable.next"), cause);
    }

    private static Say reason(Throwable failed) {
        Throwable last = failed;
        for (Throwable t = failed; t != null; t = t.getCause()) {
            last = t;
            switch (t) {
                case ConnectTimeoutException late -> {
                    return Say.of("link.reason.timeout");
                }
                case TimeoutException late -> {
                    return Say.of("link.reason.timeout");
                }
                case SSLException refused -> {
                    return Say.of("link.reason.tls", "told", String.valueOf(refused.getMessage()));
                }
                case CertificateException unusable -> {
                    return Say.of("link.reason.tls", "told", String.valueOf(unusable.getMessage()));
                }
                case RedisCommandTimeoutException late -> {
                    return Say.of("link.reason.timeout");
                }
                case NoRouteToHostException none -> {
                    return Say.of("link.reason.no-route");
                }
                case UnknownHostException name -> {
                    return Say.of("link.reason.name");
                }
                case UnresolvedAddressException name -> {
                    return Say.of("link.reason.name");
                }
                case ConnectException refused
                when String.valueOf(refused.getMessage()).contains("refused") -> {
                    return Say.of("link.reason.refused");
                }
                default -> {}
            }
        }
        return Say.of("link.reason.other", "told", String.valueOf(last.getMessage()));
    }
}
