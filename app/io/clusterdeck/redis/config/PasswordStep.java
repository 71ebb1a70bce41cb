package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Step;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.conf.Directive;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.RedisCli;
import io.clusterdeck.redis.nodes.Addressed;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.say.CommandFailed;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** One node's part in a change of password. The password is a secret of the ground, and in no argument: see {@link Passwords}. */
record PasswordStep(StepId id, HostName on, StepSpec spec, Ops ops) implements Step {
    static final String KIND = "config.password";
    private static final String DEFAULT = "default";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    /** What is done. */
    enum Part {
        /** The new password lets in, beside those that do so already. */
        ADMIT,
        /** It is what the node signs in to its master with. */
        MASTERAUTH,
        /** It alone lets in. */
        RETIRE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param secret the name of the password that is to be
     * @param beside whether the node takes the kept password now, and is to go on doing so
     */
    static PasswordStep of(Ops ops, Node node, Part part, String user, String secret, boolean beside) {
        var args = new LinkedHashMap<String, String>();
        args.put("cluster", ops.spec().get().name());
        args.put("address", Addressed.text(node.address()));
        args.put("part", part.name());
        args.put("user", Passwords.name(user));
        args.put("secret", secret);
        args.put("beside", Boolean.toString(beside));
        return new PasswordStep(
                new StepId("password-" + part.word() + "/" + node.address()),
                node.host().orElseGet(() -> new HostName(node.address().host())),
                new StepSpec(KIND, args),
                ops);
    }

    private Part part() {
        return Part.valueOf(spec.arg("part"));
    }

    private String user() {
        return spec.arg("user");
    }

    private NodeAddress address() {
        return Addressed.address(spec.arg("address"));
    }

    private Say say(String key) {
        return Say.of(key + part().word(), "node", address(), "user", user());
    }

    @Override
    public Say title() {
        return say("config.password.step.");
    }

    @Override
    public List<String> commands() {
        return switch (part()) {
            case MASTERAUTH -> List.of(cli("CONFIG", "SET", "masterauth") + " " + Directive.MASK);
            case RETIRE -> List.of(cli("ACL", "SETUSER", user(), "resetpass") + " '#" + Directive.MASK + "'");
            case ADMIT ->
                List.of(
                        user().equals(DEFAULT)
                                ? String.join(
                                        "\n",
                                        cli(),
                                        "MULTI",
                                        "CONFIG SET requirepass " + Directive.MASK,
                                        "ACL SETUSER default #" + Directive.MASK + " #" + Directive.MASK,
                                        "EXEC")
                                : cli("ACL", "SETUSER", user()) + " '#" + Directive.MASK + "'");
        };
    }

    private String cli(String... words) {
        return new RedisCli(ops.spec().get()).to(on, address(), List.of(words));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var password = password(ground);
        var old = old(ground);
        try (var link = ops.links().act(address())) {
            if (!holds(link, password, old)) {
                return new Verdict.Needed(say("config.password.needed."));
            }
            save(link);
            return new Verdict.Done(say("config.password.done."));
        }
    }

    /** Of a list of users nobody can ask whether its file has it: it is done only when the node has just written it. */
    private void save(Link link) throws Failure, InterruptedException {
        if (part() != Part.MASTERAUTH && !Asking.setting(link, "aclfile").isEmpty()) {
            refused(link.call("ACL", "SAVE"));
        }
    }

    private boolean holds(Link link, Secret password, Optional<Secret> old) throws Failure, InterruptedException {
        var clear = password.reveal();
        return switch (part()) {
            case MASTERAUTH -> Asking.setting(link, "masterauth").equals(clear);
            case RETIRE -> user(link).admitsOnly(password);
            case ADMIT ->
                user(link).admits(password)
                        && (old.isEmpty() || user(link).admits(old.get()))
                        && (!user().equals(DEFAULT)
                                || Asking.setting(link, "requirepass").equals(clear));
        };
    }

    private AclUser user(Link link) throws Failure, InterruptedException {
        return AclUser.of(link, user())
                .orElseThrow(() -> new NotAllowed(
                        Say.of("config.password.no-user", "node", address(), "user", user()),
                        Say.of("config.password.no-user.next")));
    }

    private Secret password(Ground ground) throws Failure, InterruptedException {
        return ground.secret(spec.arg("secret"))
                .orElseThrow(() -> new NotAllowed(Say.of("config.password.gone"), Say.of("config.password.gone.next")));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        var password = password(ground);
        var old = old(ground);
        try (var link = ops.links().act(address())) {
            for (var reply : link.callAll(LIMIT, commands(user(link), password, old))) {
                refused(reply);
            }
        } catch (OutcomeUnknown unknown) {
            if (!(check(ground) instanceof Verdict.Done)) {
                throw unknown;
            }
        }
    }

    /** The one that clients use so far, where this node takes it: a restart may have lost it since. */
    private Optional<Secret> old(Ground ground) throws Failure, InterruptedException {
        return Boolean.parseBoolean(spec.arg("beside")) ? ground.secret(ClusterSpec.PASSWORD) : Optional.empty();
    }

    /** All or nothing: CONFIG SET alone leaves the new password as the only one. */
    private List<String[]> commands(AclUser before, Secret password, Optional<Secret> old) {
        var hash = "#" + AclUser.hash(password);
        return switch (part()) {
            case MASTERAUTH -> List.<String[]>of(words("CONFIG", "SET", "masterauth", password.reveal()));
            case RETIRE -> List.<String[]>of(words("ACL", "SETUSER", user(), "resetpass", hash));
            case ADMIT ->
                user().equals(DEFAULT)
                        ? List.of(
                                words("MULTI"),
                                words("CONFIG", "SET", "requirepass", password.reveal()),
                                setUser(before, hash, old),
                                words("EXEC"))
                        : List.<String[]>of(setUser(before, hash, old));
        };
    }

    private String[] setUser(AclUser before, String hash, Optional<Secret> old) {
        return Stream.of(
                        Stream.of("ACL", "SETUSER", user()),
                        before.hashes().stream().map(h -> "#" + h),
                        old.stream().map(o -> "#" + AclUser.hash(o)),
                        Stream.of(hash))
                .flatMap(s -> s)
                .toArray(String[]::new);
    }

    private static String[] words(String... words) {
        return words;
    }

    private void refused(Reply reply) throws Failure {
        if (reply instanceof Reply.Many all) {
            for (var one : all.items()) {
                refused(one);
            }
        } else if (reply instanceof Reply.Refused no) {
            throw new CommandFailed(
                    Say.of("config.password.refused", "node", address(), "told", no.message()),
                    Say.of("config.password.refused.next"),
                    1,
                    List.of(no.message()));
        }
    }

    /** What its steps that change passwords say; nothing where a plan has none. */
    static Optional<String> arg(Plan plan, String name) {
        return plan.steps().stream()
                .filter(s -> s.spec().kind().equals(KIND))
                .map(s -> s.spec().arg(name))
                .findFirst();
    }
}
