package io.clusterdeck.deck;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.PlanId;
import io.clusterdeck.redis.config.Passwords;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.Optional;
import java.util.stream.Stream;

/** The password that a cluster is being changed to, as it is kept on this computer: by its plan, from the start to the end of its run. */
record PasswordChange(Answers answers, ClusterSpec spec) {

    private String key(String name) {
        return Answers.clusterKey(spec.name(), name);
    }

    /** Of no cluster: nobody has started it. */
    private static String draft(PlanId plan) {
        return "drafts/" + plan;
    }

    /** With all that a node may know while a change has not ended, or since another process ended one. */
    Login login() {
        var first = answers.known(key(ClusterSpec.PASSWORD));
        var others = new ArrayList<Secret>();
        var next = answers.kept(key(Passwords.next(spec.user()))).values();
        Stream.concat(kept().stream(), next.stream())
                .filter(s -> first.filter(s::equals).isEmpty() && !others.contains(s))
                .forEach(others::add);
        return new Login(spec.user(), first, others);
    }

    /** @param to empty to retire all others than the one that is kept */
    Offer offer(Passwords passwords, String user, Optional<Secret> to, boolean retire) throws InterruptedException {
        var ours = ours(user) ? current() : Optional.<Secret>empty();
        var password = to.or(() -> ours);
        if (password.isEmpty()) {
            return Consents.refused(Say.of("config.password.none"), Say.of("config.password.none.next"));
        }
        var halted = answers.kept(key(Passwords.next(user))).entrySet().stream()
                .filter(kept -> !kept.getValue().equals(password.get()))
                .map(kept -> kept.getKey().substring(kept.getKey().lastIndexOf('/') + 1))
                .findFirst();
        if (retire && halted.isPresent()) {
            return Consents.refused(
                    Say.of("config.password.halted", "run", halted.get()),
                    Say.of("config.password.halted.next", "run", halted.get()));
        }
        var offer = retire ? passwords.retire(user, password.get()) : passwords.change(user, password.get(), ours);
        if (offer instanceof Offer.Ready ready) {
            answers.remember(draft(ready.plan().id()), password.get());
        }
        return offer;
    }

    /** The kept one before the typed one: another process may have changed it since. */
    private Optional<Secret> current() {
        return kept().or(() -> answers.known(key(ClusterSpec.PASSWORD)));
    }

    private Optional<Secret> kept() {
        var key = key(ClusterSpec.PASSWORD);
        return Optional.ofNullable(answers.kept(key).get(key));
    }

    /** Whether it is the one by which we sign in. */
    private boolean ours(String user) {
        return Passwords.name(user).equals(Passwords.name(spec.user()));
    }

    /** Kept before the first step, so that another process can go on with it. */
    void begins(Plan plan) throws Failure {
        var secret = Passwords.secret(plan);
        var password = answers.known(draft(plan.id()));
        if (secret.isPresent() && password.isPresent()) {
            answers.keep(key(secret.get()), password.get());
        }
    }

    /** It did not begin after all: nobody is to be held up by it. */
    void withdrawn(Plan plan) throws Failure {
        var secret = Passwords.secret(plan);
        if (secret.isPresent()) {
            answers.forget(key(secret.get()));
        }
    }

    /** Ours from now on, where we sign in as that user; what earlier runs did not bring to an end is overtaken. */
    void done(Plan plan) throws Failure {
        var user = Passwords.user(plan);
        var next = Passwords.secret(plan).flatMap(secret -> answers.known(key(secret)));
        if (user.isEmpty() || next.isEmpty()) {
            return;
        }
        if (ours(user.get())) {
            answers.keep(key(ClusterSpec.PASSWORD), next.get());
        }
        for (var over : answers.kept(key(Passwords.next(user.get()))).keySet()) {
            answers.forget(over);
        }
        answers.forget(draft(plan.id()));
    }
}
