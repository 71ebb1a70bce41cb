package io.clusterdeck.redis.model;

import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Quote;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Redis commands as a person types them, with redis-cli: here, or on a host where the nodes' ports are closed from here. Plans, copied
 * lines, scripts and rescue cards all say what this says. On its own host a node is reached where it listens, with the program, the
 * files and the account of that node: what it announces need not be reachable there. No line holds a password: redis-cli takes it from the environment
 * ({@code REDISCLI_AUTH}, redis-cli.c) or asks for it ({@code --askpass}, since 6.0.10).
 */
public record RedisCli(ClusterSpec spec) {

    /** Whether it is typed on that host and not here. */
    public boolean thereOn(HostName host) {
        return spec.access() == Access.THROUGH_HOSTS && host(host).isPresent();
    }

    /** One command to one node. @param on the host on which it is typed, if not here @param command as words of a shell */
    public String to(HostName on, NodeAddress node, String command) {
        return to(program(on, own(on, node)), at(on, node), command);
    }

    /** Where a line typed there reaches the node. */
    public NodeAddress at(HostName on, NodeAddress node) {
        return thereOn(on)
                ? own(on, node)
                        .map(s -> new NodeAddress(s.local().orElse(node.host()), s.port()))
                        .orElse(node)
                : node;
    }

    /** Likewise. @param program what {@link #program} gave */
    public static String to(String program, NodeAddress node, String command) {
        return program + " -h " + node.host() + " -p " + node.port() + (command.isEmpty() ? "" : " " + command);
    }

    /** The same of words that are still to be quoted. */
    public String to(HostName on, NodeAddress node, List<String> words) {
        return to(on, node, Quote.words(words));
    }

    /** What a line for many nodes begins with: the program, and how it signs in. */
    public String program(HostName on) {
        return program(on, sites(on).findFirst());
    }

    /** Whether a command is a line of ours for that host. */
    public boolean says(HostName on, String command) {
        return Stream.concat(Stream.of(program(on)), sites(on).map(s -> program(on, Optional.of(s))))
                .anyMatch(command::startsWith);
    }

    private String program(HostName on, Optional<NodeSite> own) {
        var site = own.or(() -> sites(on).findFirst());
        var line = new StringBuilder();
        if (thereOn(on)) {
            site.flatMap(this::reader)
                    .ifPresent(
                            u -> line.append("sudo -u ").append(Quote.word(u)).append(' '));
            line.append(beside(site));
            if (asks(on)) {
                line.append(" --askpass");
            }
        } else {
            line.append("redis-cli");
        }
        if (!spec.user().isEmpty()) {
            line.append(" --user ").append(Quote.word(spec.user()));
        }
        return line.append(tls(on, site)).toString();
    }

    /** Whether a line asks for the password itself: on another host, and as another account, our environment is not there. */
    public boolean asks(HostName on) {
        return thereOn(on)
                && (!host(on).orElseThrow().local()
                        || sites(on).anyMatch(s -> reader(s).isPresent()));
    }

    /** redis-cli as it lies beside the server, of Valkey valkey-cli; there need be none on the path of its host. */
    private static String beside(Optional<NodeSite> site) {
        return site.map(s -> s.binary().value())
                .map(b -> b.replaceFirst("[^/]*$", b.matches(".*/valkey-[^/]*") ? "valkey-cli" : "redis-cli"))
                .map(Quote::path)
                .orElse("redis-cli");
    }

    /** On a host its own files are named. */
    private String tls(HostName on, Optional<NodeSite> site) {
        if (spec.tls().isEmpty()) {
            return "";
        }
        return thereOn(on)
                ? site.flatMap(NodeSite::tls).map(Tls::typed).orElse(" --tls")
                : spec.tls().get().typed();
    }

    /** The account of the server, where a key is wanted that only it can read. */
    private Optional<String> reader(NodeSite site) {
        return site.tls().filter(t -> !t.key().isEmpty()).isPresent()
                ? site.user()
                        .filter(u -> !host(site.host()).flatMap(HostSpec::login).equals(Optional.of(u)))
                : Optional.empty();
    }

    /** The node's own, where it runs on that host. */
    private Optional<NodeSite> own(HostName on, NodeAddress node) {
        return sites(on).filter(s -> s.at(node)).findFirst();
    }

    private Stream<NodeSite> sites(HostName on) {
        return spec.sites().stream().filter(s -> s.host().equals(on));
    }

    private Optional<HostSpec> host(HostName name) {
        return spec.hosts().stream().filter(h -> h.name().equals(name)).findFirst();
    }
}
