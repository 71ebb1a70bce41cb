package io.clusterdeck.deck;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.SshAliases;
import io.clusterdeck.store.Draft;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What is done before there is a cluster: drafts are kept, hosts are looked at, plans are made with all that is to be said of them. Every method may block. */
public interface Drafting {

    /** The latest first. */
    List<Draft> drafts();

    void keep(Draft draft) throws Failure;

    /** With the password that was kept for it. */
    void forget(String draft) throws Failure;

    /** The password that was typed for a draft; it lies among the secrets, never in the draft. */
    Optional<Secret> password(String draft) throws Failure;

    /** Keeps a typed password, or forgets it. */
    void keepPassword(String draft, Optional<Secret> typed) throws Failure;

    /** The hosts that the operator's ssh configuration names. */
    List<SshAliases.Alias> aliases();

    /**
     * Where a host is to be looked at, and for what.
     *
     * @param beside the other hosts of the draft, through which it may be reached
     */
    record Look(HostSpec host, Collection<HostSpec> beside, String root, String data, List<Integer> ports) {
        public Look {
            beside = List.copyOf(beside);
            ports = List.copyOf(ports);
        }
    }

    /** Signs in, looks, and signs off. Secrets that were given before are not asked for again. */
    HostFacts look(Look what, Asker asker) throws Failure, InterruptedException;

    /** What a node's redis.conf will say, against the one that it is made from; {@code facts} of its host, where it was looked at. */
    FileDiff preview(Blueprint wish, Blueprint.NodeName node, Optional<HostFacts> facts);

    /** The same plan that {@link Deck#build} offers, with what is to be said of it; {@code password} is for a blueprint that asks for one. */
    BuildPlan plan(Blueprint wish, Optional<Secret> password) throws Failure, InterruptedException;
}
