package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Lasting;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import java.security.cert.X509Certificate;
import java.util.List;

/** The certificate that nodes show, which is not that of their file until they have read it anew. */
record Served(StepSpec spec, Ground ground) {

    /** Those of these nodes that show another one, or that do not show any. */
    List<Member> others(List<Member> of, X509Certificate wanted) throws Failure, InterruptedException {
        if (of.isEmpty()) {
            return of;
        }
        try (var talk = Talk.of(spec, ground)) {
            talk.look(of, (m, link) -> link.call("PING"));
            var sum = Lasting.of(wanted).sum();
            // a certificate that is refused was shown, too
            return of.stream()
                    .filter(m ->
                            talk.certificate(m).filter(c -> c.sum().equals(sum)).isEmpty())
                    .toList();
        }
    }

    /** Lets these nodes read theirs anew, without a restart. A certificate that has ended, or names others, does not hinder that. */
    void renew(List<Member> of) throws Failure, InterruptedException {
        try (var talk = Talk.of(spec, ground)) {
            talk.act(of, Served::renewed);
        } catch (SignInRefused untrusted) {
            try (var talk = Talk.onHosts(spec, ground)) {
                talk.act(of, Served::renewed);
            }
        }
    }

    private static boolean renewed(Member member, Link link) throws Failure, InterruptedException {
        if (!Convergence.text(member, link.call("CLUSTER", "MYID"))
                .equals(member.id().value())) {
            throw new NotAllowed(
                    Say.of("build.start.other", "node", member.address()), Say.of("build.start.other.next"));
        }
        return Reloading.now(member, link);
    }
}
