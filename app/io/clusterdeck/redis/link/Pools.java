package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.redis.tls.Pem;
import io.clusterdeck.redis.tls.PrivateKeys;
import io.clusterdeck.redis.tls.Trust;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of this process share: two threads for I/O, two for Lettuce's own work. Daemons, and never shut down: Lettuce
 * would end the threads with its last client while its time-outs still want them.
 */
final class Pools {

    private static final ClientResources SHARED = ClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .commandLatencyRecorder(CommandLatencyRecorder.disabled())
            .nettyCustomizer(new Abrupt())
            .build();

    private static final RedisClient PLAIN = make(SslOptions.create());

    private record Node(Tls tls, boolean signer, NodeAddress node) {}

    /**
     * Certificates are read once for each node; files that changed since are read anew.
     *
     * @param users those that may still connect with it
     */
    record Secure(RedisClient client, NodeTrust trust, List<Long> changed, Set<Object> users) {}

    private static final Map<Node, Secure> SECURE = new HashMap<>();

    private Pools() {}

    /** For nodes that speak without TLS. */
    static RedisClient plain() {
        return PLAIN;
    }

    /**
     * @param node the address to which its certificate must be made out
     * @param signer whether it is enough that the authority signed it
     * @param user who says when it is no longer needed
     * @throws NotAllowed when the files can't be read as PEM
     */
    static Secure secure(Tls tls, boolean signer, NodeAddress node, Object user) throws NotAllowed {
        var files = List.of(tls.authority(), tls.certificate(), tls.key());
        var changed = files.stream().map(f -> new File(f).lastModified()).toList();
        synchronized (SECURE) {
            var key = new Node(tls, signer, node);
            var known = SECURE.get(key);
            if (known == null || !known.changed().equals(changed)) {
                var trust = trust(tls, signer, node, files);
                known = new Secure(make(ssl(shown(tls), trust)), trust, changed, new HashSet<>());
                SECURE.put(key, known);
            }
            known.users().add(user);
            return known;
        }
    }

    /** What nobody else uses is forgotten. */
    static void release(Object user) {
        synchronized (SECURE) {
            SECURE.values().removeIf(s -> s.users().remove(user) && s.users().isEmpty());
        }
    }

    /** How many nodes are known that speak TLS. */
    static int secured() {
        synchronized (SECURE) {
            return SECURE.size();
        }
    }

    private static NodeTrust trust(Tls tls, boolean signer, NodeAddress node, List<String> files) throws NotAllowed {
        for (var file : files) {
            if (!file.isEmpty() && !new File(file).canRead()) {
                throw new NotAllowed(Say.of("link.tls-file", "file", file), Say.of("link.tls-file.next"));
            }
        }
        try {
            var authority = Trust.in(Path.of(tls.authority()));
            var names = tls.names() ? List.of(node.host()) : List.<String>of();
            return signer ? NodeTrust.signer(authority) : new NodeTrust(authority, names);
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(tls.authority(), String.valueOf(unusable.getMessage()), unusable);
        }
    }

    /** A certificate and its key, for nodes that want one. */
    private record Shown(PrivateKey key, X509Certificate[] chain) {}

    /** Read by us, since Netty takes fewer kinds of keys than servers do. */
    private static Optional<Shown> shown(Tls tls) throws NotAllowed {
        if (tls.certificate().isEmpty()) {
            return Optional.empty();
        }
        try {
            var chain = Pem.certificates(Files.readString(Path.of(tls.certificate())));
            if (chain.isEmpty()) {
                throw new CertificateException("no certificate in it");
            }
            var text = Files.readString(Path.of(tls.key()));
            var wrong = PrivateKeys.wrong(chain.getFirst(), text);
            if (wrong.isPresent()) {
                throw unusable(tls.key(), wrong.get(), null);
            }
            return Optional.of(
                    new Shown(PrivateKeys.of(chain.getFirst(), text), chain.toArray(X509Certificate[]::new)));
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(tls.certificate(), String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private static NotAllowed unusable(String file, Object why, @Nullable Throwable cause) {
        return new NotAllowed(
                Say.of("link.tls-bad-file", "file", file, "why", why), Say.of("link.tls-file.next"), cause);
    }

    private static SslOptions ssl(Optional<Shown> ours, NodeTrust trust) {
        return SslOptions.builder()
                .jdkSslProvider()
                .sslContext(context -> {
                    context.trustManager(trust);
                    ours.ifPresent(o -> context.keyManager(o.key(), o.chain()));
                })
                .build();
    }

    private static RedisClient make(SslOptions ssl) {
        var client = RedisClient.create(SHARED);
        client.setOptions(ClientOptions.builder()
                .sslOptions(ssl)
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .protocolVersion(ProtocolVersion.RESP2)
                .pingBeforeActivateConnection(false)
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(LettuceLinks.PATIENCE)
                        .build())
                .build());
        return client;
    }

    /**
     * Closes with a reset: the kernel drops what it has not yet delivered. An orderly close would let it go on delivering a command
     * for minutes after the operator was told that its outcome is unknown.
     */
    private static final class Abrupt implements NettyCustomizer {
        @Override
        public void afterChannelInitialized(Channel channel) {
            IoThreads.of(channel);
            if (channel.config() instanceof SocketChannelConfig tcp) {
                tcp.setSoLinger(0);
            }
        }
    }
}
