package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.conf.RedisConf;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.Script;

/**
 * A node's configuration file as it is on its host now, secrets and all: never shown but by {@link RedisConf#shown}.
 *
 * @param sum its SHA-256
 * @param root whether it is read or written as root
 */
public record ConfFile(RedisConf conf, String sum, boolean root) {

    /** Reads it; as root only where the account that signs in may not. */
    public static ConfFile read(Ground ground, NodeSite site) throws Failure, InterruptedException {
        if (site.conf().value().isEmpty()) {
            throw new NotAllowed(Say.of("nodes.conf.none", "node", site.address()), Say.of("nodes.conf.none.next"));
        }
        var host = ground.host(site.host());
        var script = Script.of("conf-file", "look")
                .with("conf", site.conf())
                .with("sum", "")
                .with("wanted", "")
                .with("keep", "");
        var exit = host.run(script, line -> {});
        boolean root = is(exit, "conf", "denied") || is(exit, "writable", "no");
        if (is(exit, "conf", "denied")) {
            exit = host.run(script.asRoot(), line -> {});
        }
        var text = exit.fact("text");
        if (text.isEmpty()) {
            var key = is(exit, "conf", "missing") ? "nodes.conf.missing" : "nodes.conf.unreadable";
            throw new NotAllowed(Say.of(key, "path", site.conf()), Say.of(key + ".next", "path", site.conf()));
        }
        return new ConfFile(
                RedisConf.of(Packed.open(text.get())), exit.fact("sum").orElse(""), root);
    }

    private static boolean is(Exit exit, String fact, String value) {
        return exit.fact(fact).filter(value::equals).isPresent();
    }
}
