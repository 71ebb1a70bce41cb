package io.clusterdeck.deck;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BuildPlan;
import io.clusterdeck.redis.build.ConfPreview;
import io.clusterdeck.redis.build.HostFacts;
import io.clusterdeck.redis.build.Survey;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.Hosts;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.ssh.SshAliases;
import io.clusterdeck.ssh.SshFiles;
import io.clusterdeck.store.Draft;
import io.clusterdeck.store.Home;
import io.clusterdeck.store.Secrets;
import java.util.List;
import java.util.Optional;

/** @param planner makes a plan of a blueprint, and knows its cluster from then on */
record DeckDrafting(Home home, Secrets kept, Answers answers, Planner planner) implements Drafting {

    interface Planner {
        BuildPlan plan(Blueprint wish) throws Failure, InterruptedException;
    }

    private static String key(String draft) {
        return "drafts/" + draft + "/" + ClusterSpec.PASSWORD;
    }

    @Override
    public List<Draft> drafts() {
        return home.drafts().all();
    }

    @Override
    public void keep(Draft draft) throws Failure {
        home.drafts().keep(draft);
    }

    @Override
    public void forget(String draft) throws Failure {
        home.drafts().forget(draft);
        keepPassword(draft, Optional.empty());
    }

    @Override
    public Optional<Secret> password(String draft) throws Failure {
        return kept.get(key(draft));
    }

    @Override
    public void keepPassword(String draft, Optional<Secret> typed) throws Failure {
        if (typed.isPresent()) {
            kept.keep(key(draft), typed.get());
        } else if (kept.names().contains(key(draft))) {
            kept.forget(key(draft));
        }
    }

    @Override
    public List<SshAliases.Alias> aliases() {
        return SshAliases.of(SshFiles.present());
    }

    @Override
    public HostFacts look(Look what, Asker asker) throws Failure, InterruptedException {
        try (var hosts = new Hosts(answers.through(asker))) {
            hosts.know(what.beside());
            hosts.know(List.of(what.host()));
            return Survey.look(hosts.host(what.host().name()), what.root(), what.data(), what.ports());
        }
    }

    @Override
    public FileDiff preview(Blueprint wish, Blueprint.NodeName node, Optional<HostFacts> facts) {
        return ConfPreview.of(wish, node, facts, home.folder().resolve("shelf"));
    }

    @Override
    public BuildPlan plan(Blueprint wish, Optional<Secret> password) throws Failure, InterruptedException {
        answers.type(Answers.clusterKey(wish.name(), ClusterSpec.PASSWORD), password);
        return planner.plan(wish);
    }
}
