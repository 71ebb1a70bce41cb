package io.clusterdeck.redis.link;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.metrics.CommandLatencyRecorder;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannelConfig;

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

    private static final RedisClient CLIENT = make();

    private Pools() {}

    static RedisClient client() {
        return CLIENT;
    }

    private static RedisClient make() {
        var client = RedisClient.create(SHARED);
        client.setOptions(ClientOptions.builder()
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
