package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.Way;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Links over Lettuce's plain (non-cluster) connections, RESP2, one connection per link.
 *
 * <p>Lettuce's own reconnection is off for every link: with it on, a command that timed out is sent again when the node comes back
 * (seen with 7.7.0). What reconnects is {@link WatchLink}, which opens a new connection for the next command and never takes an old
 * command along. Safe for use by many threads.
 */
public final class LettuceLinks implements Links {

    /** How long connecting and signing in may take; a node that runs answers within a few round trips. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * What agreeing on keys may take besides: on a computer with six times the work that it can do, six at once took 1.1 s. A node that
     * takes the connection and stands still is told that much later, where it speaks TLS.
     */
    private static final Duration HANDSHAKE = Duration.ofSeconds(3);

    /** The first of a process, which loads what is needed for it: 6 to 8 s were seen on that computer. */
    private static final Duration FIRST_HANDSHAKE = Duration.ofSeconds(8);

    private static volatile boolean practised;

    private final Ways ways;
    private final Supplier<Login> login;
    private final Supplier<Optional<Tls>> tls;
    private final boolean signer;
    private final Renames renames;
    private final Refusals refusals = new Refusals();
    private final Map<String, NodeTrust> trusts = new ConcurrentHashMap<>();
    private final Set<Link> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;
    private volatile boolean anonymous;

    /** @param login asked anew for every connection, so that a changed password is used from then on */
    public LettuceLinks(Ways ways, Supplier<Login> login) {
        this(ways, login, Optional::empty);
    }

    /** @param tls asked anew for every connection, too; empty for nodes that speak without it */
    public LettuceLinks(Ways ways, Supplier<Login> login, Supplier<Optional<Tls>> tls) {
        this(ways, login, tls, new Renames());
    }

    /** @param renames the words of commands that are known by others; more may be learned later */
    public LettuceLinks(Ways ways, Supplier<Login> login, Supplier<Optional<Tls>> tls, Renames renames) {
        this(ways, login, tls, renames, false);
    }

    private LettuceLinks(
            Ways ways, Supplier<Login> login, Supplier<Optional<Tls>> tls, Renames renames, boolean signer) {
        this.signer = signer;
        this.renames = renames;
        this.ways = ways;
        this.login = login;
        this.tls = tls;
    }

    /**
     * Trusts whatever certificate the authority signed, even one that has ended or names others: for giving a node another one.
     *
     * @param ways that lead to the nodes and to nobody else, whatever certificate is shown there
     */
    public static LettuceLinks signer(Ways ways, Supplier<Login> login, Supplier<Optional<Tls>> tls) {
        return new LettuceLinks(ways, login, tls, new Renames(), true);
    }

    @Override
    public Link act(NodeAddress to) throws Failure, InterruptedException {
        return connect(to, PATIENCE);
    }

    /** Connects on its first command, and again whenever the connection was lost: a watch may begin while the node is away. */
    @Override
    public Link watch(NodeAddress to) {
        var link = new WatchLink(to, limit -> connect(to, limit), refusals, open::remove);
        open.add(link);
        return link;
    }

    @Override
    public void rename(NodeAddress at, String command, Secret word) {
        renames.at(at, command, word);
    }

    @Override
    public boolean anonymous() {
        return anonymous;
    }

    /** How many are open now. */
    int count() {
        return open.size();
    }

    @Override
    public void close() {
        closed = true;
        List.copyOf(open).forEach(Link::close);
        Pools.release(this);
    }

    private OneLink connect(NodeAddress to, Duration limit) throws Failure, InterruptedException {
        if (closed) {
            throw new Unreachable(Say.of("link.over", "node", to), Say.of("link.over.next"));
        }
        var way = ways.to(to);
        OneLink link;
        try {
            link = new OneLink(to, way, dial(to, way, limit), open::remove, renames, refusals);
        } catch (Unreachable unreachable) {
            way.close();
            throw tls.get().isPresent() || Trouble.unclear(unreachable)
                    ? why(to, way, unreachable, limit)
                    : unreachable;
        } catch (Failure | InterruptedException | RuntimeException e) {
            way.close();
            throw e;
        }
        open.add(link);
        try {
            var as = login.get();
            anonymous = as.password().isEmpty();
            SignIn.on(link, as, limit);
        } catch (Unreachable dropped) {
            link.close();
            throw why(to, way, dropped, limit);
        } catch (OutcomeUnknown unanswered) {
            // Only signing in was tried; what the caller wants to send was certainly not sent.
            link.close();
            throw unanswered.what().key().equals(Trouble.BROKE)
                    ? why(to, way, Trouble.dropped(to, unanswered), limit)
                    : Trouble.silent(to, unanswered);
        } catch (Failure | InterruptedException | RuntimeException e) {
            link.close();
            throw e;
        }
        if (closed) {
            link.close();
        }
        return link;
    }

    /** The host on the way knows when it was not let in. A server that drops a connection says why on it at once; Lettuce does not keep those words. */
    private Failure why(NodeAddress to, Way tried, Unreachable dropped, Duration limit)
            throws Failure, InterruptedException {
        var refusal = tried.refusal();
        if (refusal.isPresent()) {
            return Trouble.onTheWay(to, refusal.get());
        }
        var secured = tls.get();
        if (secured.isPresent()) {
            return Trouble.untrusted(to, dropped)
                    .or(() -> Trouble.hungUp(dropped) ? hungUp(to, secured.get(), dropped) : Optional.empty())
                    .orElse(dropped);
        }
        try (var way = ways.to(to)) {
            return Trouble.told(to, LastWords.over(way, limit)).orElse(dropped);
        }
    }

    /** Within or right after the handshake: TLS 1.3 shows a missing certificate of ours only afterwards, by hanging up. */
    private Optional<Failure> hungUp(NodeAddress to, Tls tls, Unreachable dropped) {
        return Optional.ofNullable(trusts.get(to.toString()))
                .flatMap(NodeTrust::refused)
                .or(() -> tls.certificate().isEmpty() ? Optional.of(Say.of("tls.wanted")) : Optional.empty())
                .map(reason -> Trouble.untrusted(to, reason, dropped));
    }

    private StatefulRedisConnection<String, String> dial(NodeAddress to, Way way, Duration limit)
            throws Failure, InterruptedException {
        var by = tls.get();
        var most = by.isPresent() ? limit.plus(practised ? HANDSHAKE : FIRST_HANDSHAKE) : limit;
        var uri = uri(way, most);
        if (by.isPresent()) {
            uri.setSsl(true);
            // NodeTrust checks the name, which Java would look for in the address of a Unix socket
            uri.setVerifyPeer(SslVerifyMode.CA);
        }
        var dialing = client(by, to).connectAsync(StringCodec.UTF8, uri);
        try {
            var made = dialing.toCompletableFuture().get(most.toMillis(), TimeUnit.MILLISECONDS);
            practised |= by.isPresent();
            return made;
        } catch (ExecutionException failed) {
            throw Trouble.connecting(to, failed);
        } catch (TimeoutException late) {
            dialing.thenAccept(StatefulRedisConnection::closeAsync);
            throw Trouble.connecting(to, late);
        } catch (InterruptedException stop) {
            dialing.thenAccept(StatefulRedisConnection::closeAsync);
            throw stop;
        }
    }

    private RedisClient client(Optional<Tls> by, NodeAddress to) throws Failure {
        if (by.isEmpty()) {
            return Pools.plain();
        }
        var secure = Pools.secure(by.get(), signer, to, this);
        if (closed) {
            Pools.release(this);
        }
        trusts.put(to.toString(), secure.trust());
        return secure.client();
    }

    @Override
    public Optional<Lasting> certificate(NodeAddress of) {
        return Optional.ofNullable(trusts.get(of.toString())).flatMap(NodeTrust::shown);
    }

    private static RedisURI uri(Way way, Duration limit) {
        var uri = switch (way) {
            case Way.Direct d -> RedisURI.create(d.address(), d.port());
            case Way.Socket s ->
                RedisURI.Builder.socket(s.path().toAbsolutePath().toString()).build();
        };
        uri.setTimeout(limit);
        uri.setLibraryName("");
        uri.setLibraryVersion("");
        return uri;
    }
}
