package io.clusterdeck.redis.nodes;

import io.clusterdeck.redis.conf.ConfTree;
import io.clusterdeck.redis.link.Link;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.say.Failure;
import io.clusterdeck.ssh.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The password of a node that is down, where it was only ever set in its process: its file would let it start open to everyone, and unable
 * to follow its master. It is that of the nodes that answer, else the one by which we sign in. Blocks.
 */
final class Guard {
    private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

    /** What stands between a node and strangers, and what lets it in to its master. */
    private static final Set<String> DIRECTIVES = Set.of("requirepass", "masterauth", "masteruser", "user");

    private Guard() {}

    static boolean guards(Unkept setting) {
        return DIRECTIVES.contains(setting.directive());
    }

    /** What the files of a node that is down lack; nothing where the cluster is open, or where a missing file may say it. */
    static List<Unkept> lacking(Ops ops, Closeup seen, ConfTree files) throws InterruptedException {
        var master = seen.file().value("masteruser", "");
        boolean follows = hasWord(files, "masterauth") || !isDefault(master);
        boolean open = seen.file().open();
        if (!files.whole() || (!open && follows)) {
            return List.of();
        }
        var known = password(ops);
        if (known.isEmpty()) {
            return List.of();
        }
        var password = known.get().reveal();
        var lacking = new ArrayList<Unkept>();
        if (open) {
            lacking.add(new Unkept("requirepass", password, seen.file().value("requirepass", "")));
            Unkept.letting(files, Unkept.DEFAULT, password).ifPresent(lacking::add);
        }
        if (!follows) {
            lacking.add(new Unkept("masterauth", password, ""));
        }
        return lacking;
    }

    /** As the files themselves say it: what was told of them on the way holds no secret. */
    private static boolean hasWord(ConfTree files, String directive) {
        var lines = files.all(directive);
        return !lines.isEmpty() && lines.getLast().stream().anyMatch(word -> !word.isEmpty());
    }

    /**
     * The password of the user default. A node that names none may be one whose password was taken away, or was set with ACL SETUSER
     * (CONFIG GET requirepass is silent of that): others are asked, then the kept one counts. Nothing where every node that answers lets
     * everyone in, or where we sign in as somebody else and nobody tells.
     */
    static Optional<Secret> password(Ops ops) throws InterruptedException {
        if (ops.links().anonymous()) {
            return Optional.empty();
        }
        var answering = ops.now().get().nodes().values().stream()
                .filter(n -> n.contact() instanceof Contact.Answers)
                .toList();
        boolean open = !answering.isEmpty();
        for (var node : answering) {
            try (var link = ops.links().act(node.address())) {
                var password = Asking.setting(link, "requirepass");
                if (!password.isEmpty()) {
                    return Optional.of(Secret.of(password));
                }
                open &= admitsAnyone(link);
            } catch (Failure silent) {
                LOG.debug("{} does not tell its password: {}", node.address(), silent.what());
                open = false;
            }
        }
        return open ? Optional.empty() : kept(ops);
    }

    /** By the flags of the user default (ACL GETUSER, 6.0 and later). */
    private static boolean admitsAnyone(Link link) throws Failure, InterruptedException {
        return link.call("ACL", "GETUSER", "default") instanceof Reply.Many user
                && user.items().stream()
                        .anyMatch(part -> part instanceof Reply.Many words
                                && words.items().stream().anyMatch(w -> w.text().equals("nopass")));
    }

    private static Optional<Secret> kept(Ops ops) throws InterruptedException {
        try {
            return isDefault(ops.spec().get().user()) ? ops.ground().secret(ClusterSpec.PASSWORD) : Optional.empty();
        } catch (Failure unreadable) {
            LOG.warn("the kept password can't be read: {}", unreadable.what());
            return Optional.empty();
        }
    }

    private static boolean isDefault(String user) {
        return user.isEmpty() || user.equals("default");
    }
}
