package io.clusterdeck.redis.config;

import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.conf.UserLines;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.nodes.Asking;
import io.clusterdeck.redis.nodes.ConfFiles;
import io.clusterdeck.redis.nodes.KeepStep;
import io.clusterdeck.redis.nodes.Keeping;
import io.clusterdeck.redis.nodes.Ops;
import io.clusterdeck.redis.nodes.Unkept;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one node has now of a user's password, beside the one that is to be.
 *
 * @param before what lets the user in; empty where there is no such user
 * @param master the user by whom it signs in to its master
 * @param lacks settings and files that do not have it
 * @param writes the edits of its files
 * @param unwritable why its files are not edited
 * @param deaf why it does not tell
 */
record PasswordLook(
        Node node,
        Optional<AclUser> before,
        String master,
        List<String> lacks,
        List<Step> writes,
        Optional<Say> unwritable,
        Optional<Failure> deaf) {

    NodeAddress address() {
        return node.address();
    }

    boolean open() {
        return before.filter(AclUser::open).isPresent();
    }

    boolean admits(Secret password) {
        return before.filter(b -> b.admits(password)).isPresent();
    }

    /** Blocks. */
    static PasswordLook at(Ops ops, Node node, String user, Secret to) throws InterruptedException {
        var clear = to.reveal();
        var lacks = new ArrayList<String>();
        Optional<AclUser> before;
        String master;
        boolean list;
        try (var link = ops.links().act(node.address())) {
            before = AclUser.of(link, user);
            master = Passwords.name(Asking.setting(link, "masteruser"));
            list = !Asking.setting(link, "aclfile").isEmpty();
            if (master.equals(user) && !Asking.setting(link, "masterauth").equals(clear)) {
                lacks.add("masterauth");
            }
            if (user.equals("default")
                    && !list
                    && !Asking.setting(link, "requirepass").equals(clear)) {
                lacks.add("requirepass");
            }
        } catch (Failure unheard) {
            return new PasswordLook(
                    node, Optional.empty(), "", List.of(), List.of(), Optional.empty(), Optional.of(unheard));
        }
        var writes = new ArrayList<Step>();
        var unwritable = Optional.<Say>empty();
        try {
            var site = ConfigOperations.site(ops, node);
            var version = node.info().map(i -> i.version()).orElse("");
            var files = ConfFiles.read(ops.ground(), site, version);
            writes.addAll(writes(ops, site, files, wanted(files, user, master, list, clear)));
            writes.forEach(w -> w.edits().forEach(e -> lacks.add(e.file().value())));
            if (!user.equals("default") && !list && !UserLines.says(files.tree(), user)) {
                lacks.add(site.conf().value());
                unwritable = Optional.of(Say.of("config.password.no-line", "node", node.address(), "user", user));
            }
        } catch (Failure unreadable) {
            unwritable = Optional.of(unreadable.what());
        }
        return new PasswordLook(node, before, master, lacks, writes, unwritable, Optional.empty());
    }

    /** What its files are to say. Where the node has a list of users, the node itself writes that one. */
    private static List<Unkept> wanted(ConfFiles files, String user, String master, boolean list, String to) {
        var wanted = new ArrayList<Unkept>();
        if (user.equals("default") && !list) {
            wanted.add(new Unkept("requirepass", to, ""));
        }
        if (!list) {
            Unkept.letting(files.tree(), user, to).ifPresent(wanted::add);
        }
        if (master.equals(user)) {
            wanted.add(new Unkept("masterauth", to, ""));
        }
        return wanted;
    }

    private static List<Step> writes(Ops ops, NodeSite site, ConfFiles files, List<Unkept> wanted) {
        return wanted.isEmpty() ? List.of() : KeepStep.of(ops, site, files, wanted, Keeping.stamp());
    }
}
