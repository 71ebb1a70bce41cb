package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.Tls;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

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

    private static final RedisClient PLAIN = make(Optional.empty());

    /** Certificates are read once; files that changed since are read anew. */
    private record Files(Tls tls, List<Long> changed) {
        static Files of(Tls tls) {
            return new Files(
                    tls,
                    Stream.of(tls.authority(), tls.certificate(), tls.key())
                            .map(f -> new File(f).lastModified())
                            .toList());
        }
    }

    private static final Map<Files, RedisClient> SECURE = new ConcurrentHashMap<>();

    private Pools() {}

    /** @throws NotAllowed when the files can't be read as PEM */
    static RedisClient client(Optional<Tls> tls) throws NotAllowed {
        if (tls.isEmpty()) {
            return PLAIN;
        }
        var files = Files.of(tls.get());
        var known = SECURE.get(files);
        if (known != null) {
            return known;
        }
        for (var file : List.of(
                tls.get().authority(), tls.get().certificate(), tls.get().key())) {
            if (!file.isEmpty() && !new File(file).canRead()) {
                throw new NotAllowed(Say.of("link.tls-file", "file", file), Say.of("link.tls-file.next"));
            }
        }
        return SECURE.computeIfAbsent(files, f -> make(tls));
    }

    private static SslOptions ssl(Tls tls) {
        var options = SslOptions.builder().jdkSslProvider().trustManager(new File(tls.authority()));
        return (tls.certificate().isEmpty()
                        ? options
                        : options.keyManager(new File(tls.certificate()), new File(tls.key()), new char[0]))
                .build();
    }

    private static RedisClient make(Optional<Tls> tls) {
        var client = RedisClient.create(SHARED);
        client.setOptions(ClientOptions.builder()
                .sslOptions(tls.map(Pools::ssl).orElseGet(SslOptions::create))
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
