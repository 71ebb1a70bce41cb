package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.link.Lasting;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Links;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.Way;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Talks to the nodes that are being built, straight or through their hosts. */
final class Talk implements AutoCloseable {

    private final Members members;
    private final Links links;
    private final Map<Member, Link> watching = new ConcurrentHashMap<>();

    private Talk(Members members, Function<Talk, Links> links) {
        this.members = members;
        this.links = links.apply(this);
    }

    /** As the arguments of a step say: members, access, password, and what {@link #args} adds. */
    static Talk of(StepSpec spec, Ground ground) throws Failure, InterruptedException {
        var login = login(spec, ground);
        boolean direct = spec.arg("access").equals("direct");
        return new Talk(
                Members.of(spec.arg("members")),
                talk -> new LettuceLinks(to -> talk.way(to, direct, ground), () -> login, () -> tls(spec)));
    }

    /**
     * Through the hosts, which are known by their keys: so the nodes' certificates need only be the authority's, and may have ended or
     * name others.
     */
    static Talk onHosts(StepSpec spec, Ground ground) throws Failure, InterruptedException {
        var login = login(spec, ground);
        return new Talk(
                Members.of(spec.arg("members")),
                talk -> LettuceLinks.signer(to -> talk.way(to, false, ground), () -> login, () -> tls(spec)));
    }

    private static Login login(StepSpec spec, Ground ground) throws Failure, InterruptedException {
        var password = password(spec, ground);
        return password.isEmpty() ? Login.NONE : new Login("", password);
    }

    /** Files of this computer, as arguments of a step. */
    static Map<String, String> args(Tls tls) {
        return Map.of("ca", tls.authority(), "certificate", tls.certificate(), "key", tls.key());
    }

    static Optional<Tls> tls(StepSpec spec) {
        return spec.args().containsKey("ca")
                ? Optional.of(new Tls(spec.arg("ca"), spec.arg("certificate"), spec.arg("key")))
                : Optional.empty();
    }

    /** The nodes' password where they have one; a cluster that wants one is never built without. */
    static Optional<Secret> password(StepSpec spec, Ground ground) throws Failure, InterruptedException {
        if (spec.arg("password").equals("no")) {
            return Optional.empty();
        }
        var secret = ground.secret(ClusterSpec.PASSWORD);
        if (secret.isEmpty() || secret.get().isEmpty()) {
            throw new NotAllowed(Say.of("build.no-password"), Say.of("build.no-password.next"));
        }
        return secret;
    }

    private Way way(NodeAddress to, boolean direct, Ground ground) throws Failure, InterruptedException {
        var member = members.all().stream()
                .filter(m -> m.address().equals(to))
                .findFirst()
                .orElseThrow();
        return direct
                ? new Way.Direct(member.address().host(), to.port())
                : ground.host(member.host()).reach(InetSocketAddress.createUnresolved(member.local(), to.port()));
    }

    Members members() {
        return members;
    }

    /** The certificate that a node showed last. */
    Optional<Lasting> certificate(Member member) {
        return links.certificate(member.address());
    }

    /** Something asked of one node. */
    interface Question<T> {
        T ask(Member member, Link link) throws Failure, InterruptedException;
    }

    /** Asks these nodes side by side, over links that stay open and only read; one answer each, in their order. */
    <T> List<SideBySide.Answer<T>> look(List<Member> of, Question<T> question) throws InterruptedException {
        return SideBySide.all(
                "look",
                of.stream()
                        .map(m -> (Callable<T>) () -> question.ask(m, watch(m)))
                        .toList());
    }

    private Link watch(Member member) throws Failure, InterruptedException {
        var open = watching.get(member);
        if (open == null) {
            open = links.watch(member.address());
            watching.put(member, open);
        }
        return open;
    }

    /** Lets these nodes do something, side by side, over a link of its own for each; the first failure is thrown after all have ended. */
    <T> List<T> act(List<Member> of, Question<T> question) throws Failure, InterruptedException {
        return SideBySide.values(
                "act",
                of.stream()
                        .map(m -> (Callable<T>) () -> {
                            try (var link = links.act(m.address())) {
                                return question.ask(m, link);
                            }
                        })
                        .toList());
    }

    @Override
    public void close() {
        links.close();
    }
}
