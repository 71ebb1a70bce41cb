package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.ClusterRef;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeckGroundsTest {
    @TempDir
    Path folder;

    /** A renamed command's word is learned from a node's file while a plan is made, before any run begins. */
    @Test
    void theWordsOfRenamedCommandsAreAmongTheSecrets() throws Exception {
        var home = Home.at(folder);
        var kept = home.secrets();
        var answers = new Answers(Unattended.REFUSING, kept);
        var spec = new ClusterSpec("six", false, false, List.of(), List.of(), ClusterSpec.Access.DIRECT, "", List.of());
        try (var cluster = new Opened(spec, answers, changed -> {}, home, Optional.empty())) {
            var word = Secret.of("a-word-of-our-own");
            cluster.ops().links().rename(new NodeAddress("10.0.0.1", 9000), "CONFIG", word);
            var grounds = new DeckGrounds(home, answers, name -> cluster, new Builds(home, kept, answers));
            assertTrue(grounds.secrets(new ClusterRef("six")).contains(word));
        }
    }
}
