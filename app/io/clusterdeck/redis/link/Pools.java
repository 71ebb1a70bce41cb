package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
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
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                known = new Secure(make(ssl(tls, trust)), trust, changed, new HashSet<>());
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
            throw new NotAllowed(
                    Say.of("link.tls-bad-file", "file", tls.authority(), "why", String.valueOf(unusable.getMessage())),
                    Say.of("link.tls-file.next"),
                    unusable);
        }
    }

    private static SslOptions ssl(Tls tls, NodeTrust trust) {
        return SslOptions.builder()
                .jdkSslProvider()
                .sslContext(context -> {
                    context.trustManager(trust);
                    if (!tls.certificate().isEmpty()) {
                        context.keyManager(new File(tls.certificate()), new File(tls.key()));
                    }
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
            if (channel.config() instanceof SocketChannelConfig tcp) {
                tcp.setSoLinger(0);
            }
        }
    }
}
