package io.clusterdeck.deck;

import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.redis.config.Passwords;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.nodes.Consents;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.util.Optional;

/** The password that a cluster is being changed to, as it is kept on this computer: from the plan to the end of its run. */
record PasswordChange(Answers answers, ClusterSpec spec) {

    private String key(String name) {
        return Answers.clusterKey(spec.name(), name);
    }

    /** @param to empty to retire all others than the one that is kept */
    Offer offer(Passwords passwords, String user, Optional<Secret> to, boolean retire) throws InterruptedException {
        var password = to.or(() -> ours(user) ? answers.known(key(ClusterSpec.PASSWORD)) : Optional.empty());
        if (password.isEmpty()) {
            return Consents.refused(Say.of("config.password.none"), Say.of("config.password.none.next"));
        }
        answers.type(key(Passwords.NEXT), password);
        return retire ? passwords.retire(user, password.get()) : passwords.change(user, password.get());
    }

    /** Whether it is the one by which we sign in. */
    private boolean ours(String user) {
        return name(user).equals(name(spec.user()));
    }

    private static String name(String user) {
        return user.isEmpty() ? "default" : user;
    }

    /** Kept before the first step, so that another process can go on with it. */
    void begins(Plan plan) throws Failure {
        var next = answers.known(key(Passwords.NEXT));
        if (Passwords.user(plan).isPresent() && next.isPresent()) {
            answers.keep(key(Passwords.NEXT), next.get());
        }
    }

    /** Ours from now on, where we sign in as that user. */
    void done(Plan plan) throws Failure {
        var user = Passwords.user(plan);
        var next = answers.known(key(Passwords.NEXT));
        if (user.isEmpty() || next.isEmpty()) {
            return;
        }
        if (ours(user.get())) {
            answers.keep(key(ClusterSpec.PASSWORD), next.get());
        }
        answers.forget(key(Passwords.NEXT));
    }
}
