package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFilesTest {

    @TempDir
    Path folder;

    @Test
    void whatWasKeptComesBack() throws Exception {
        var home = Home.at(folder);
        var site = new NodeSite(
                new NodeAddress("10.0.0.1", 9000, 29000),
                Optional.of("127.0.0.1"),
                new HostName("h 1"),
                new RemotePath("/opt/redis cluster/bin/redis-server"),
                new RemotePath("~/9000/redis.conf"),
                new RemotePath("~/9000/da'ta"),
                Optional.of(new RemotePath("~/9000/日志")),
                Optional.of("redis"),
                Optional.of("redis-9000.service"),
                true,
                9000,
                Optional.empty(),
                Optional.of(new LastRun(
                        "/srv/a b", "65536", List.of("TZ=Asia/Tokyo", "LC_ALL=zh_CN.UTF-8"), Optional.of(false))));
        var bare = NodeSite.of(
                new NodeAddress("::1", 9001),
                new HostName("h2"),
                new RemotePath("b"),
                new RemotePath("c"),
                new RemotePath("d"));
        var spec = new ClusterSpec(
                "生产: yes",
                true,
                true,
                List.of(
                        new HostSpec(
                                new HostName("h 1"), "10.0.0.1", 2222, "ops", List.of("~/.ssh/id"), "bastion", false),
                        HostSpec.of("local")),
                List.of(new NodeAddress("10.0.0.1", 9000), new NodeAddress("010", 9001)),
                Access.THROUGH_HOSTS,
                "0x10",
                List.of(site, bare));
        ClusterFiles.write(home, spec);
        assertEquals(Optional.of(spec), ClusterFiles.read(home, spec.name()));

        var least = new ClusterSpec("least", false, false, List.of(), List.of(), Access.DIRECT, "", List.of());
        ClusterFiles.write(home, least);
        assertEquals(Optional.of(least), ClusterFiles.read(home, "least"));
        assertEquals(Optional.empty(), ClusterFiles.read(home, "other"));
    }
}
