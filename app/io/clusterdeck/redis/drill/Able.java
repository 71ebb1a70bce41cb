package io.clusterdeck.redis.drill;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Host;

/** Whether a host can be given a network fault that certainly ends. */
final class Able {
    private Able() {}

    /** Fails with the reason where it can't: no root, no nft or iptables, no way to leave a timer. */
    static void check(Host host) throws Failure, InterruptedException {
        var exit = host.run(FaultStep.facts(), line -> {});
        if (exit.fact("root").filter("0"::equals).isEmpty()) {
            throw new NotAllowed(Say.of("drill.no-root", "host", host.name()), Say.of("drill.no-root.next"));
        }
        if (exit.fact("tool").filter(t -> !t.equals("none")).isEmpty()) {
            throw new NotAllowed(Say.of("drill.fault.no-tool"), Say.of("drill.fault.no-tool.next"));
        }
        if (exit.fact("timer").filter("yes"::equals).isEmpty()) {
            throw new NotAllowed(Say.of("drill.fault.no-timer"), Say.of("drill.fault.no-timer.next"));
        }
    }
}
