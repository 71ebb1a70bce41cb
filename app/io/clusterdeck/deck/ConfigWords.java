package io.clusterdeck.deck;

import io.clusterdeck.redis.link.Renames;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;

/** By which words the nodes of a cluster know CONFIG, where it was renamed. They are kept among the secrets: each is as good as a password. */
record ConfigWords(Answers answers, Renames renames) {

    private static final String CONFIG = "CONFIG";
    private static final String KEY = "config-command";

    /** Those that are kept of a cluster. */
    static ConfigWords of(Answers answers, ClusterSpec spec) {
        var renames = new Renames();
        answers.known(key(spec.name())).ifPresent(word -> renames.everywhere(CONFIG, word));
        spec.seeds().forEach(n -> answers.known(key(spec.name(), n)).ifPresent(word -> renames.at(n, CONFIG, word)));
        return new ConfigWords(answers, renames);
    }

    private static String key(String cluster) {
        return Answers.clusterKey(cluster, KEY);
    }

    private static String key(String cluster, NodeAddress node) {
        return key(cluster) + "/" + node;
    }

    /** For every node whose own word is not known, from now on. */
    void everywhere(Secret word) {
        renames.everywhere(CONFIG, word);
    }

    /** Likewise, and kept. */
    void keep(String cluster, Secret word) throws Failure {
        everywhere(word);
        answers.keep(key(cluster), word);
    }

    /** Keeps what the nodes' own files told. */
    void keepLearned(ClusterSpec of) throws Failure {
        for (var node : of.seeds()) {
            var word = renames.own(node, CONFIG);
            if (word.isPresent()) {
                answers.keep(key(of.name(), node), word.get());
            }
        }
    }
}
