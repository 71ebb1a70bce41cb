package io.clusterdeck.redis.model;

import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Quote;
import java.util.List;
import java.util.Optional;

/**
 * Redis commands as a person types them, with redis-cli: here, or on a host where the nodes' ports are closed from here. Plans, copied
 * lines, scripts and rescue cards all say what this says. No line holds a password: redis-cli takes it from the environment
 * ({@code REDISCLI_AUTH}, redis-cli.c) or asks for it ({@code --askpass}, since 6.0.10).
 */
public record RedisCli(ClusterSpec spec) {

    /** Whether it is typed on that host and not here. */
    public boolean thereOn(HostName host) {
        return spec.access() == Access.THROUGH_HOSTS && host(host).isPresent();
    }

    /** One command to one node. @param on the host on which it is typed, if not here @param command as words of a shell */
    public String to(HostName on, NodeAddress node, String command) {
        return to(program(on), node, command);
    }

    /** Likewise. @param program what {@link #program} gave */
    public static String to(String program, NodeAddress node, String command) {
        return program + " -h " + node.host() + " -p " + node.port() + (command.isEmpty() ? "" : " " + command);
    }

    /** The same of words that are still to be quoted. */
    public String to(HostName on, NodeAddress node, List<String> words) {
        return to(on, node, Quote.words(words));
    }

    /** What every line begins with: the program, and how it signs in. */
    public String program(HostName on) {
        var line = new StringBuilder();
        if (thereOn(on)) {
            reader(on)
                    .ifPresent(
                            u -> line.append("sudo -u ").append(Quote.word(u)).append(' '));
            line.append(beside(on));
            if (asks(on)) {
                line.append(" --askpass");
            }
        } else {
            line.append("redis-cli");
        }
        if (!spec.user().isEmpty()) {
            line.append(" --user ").append(Quote.word(spec.user()));
        }
        return line.append(tls(on)).toString();
    }

    /** Whether a line asks for the password itself: on another host, and as another account, our environment is not there. */
    public boolean asks(HostName on) {
        return thereOn(on) && (!host(on).orElseThrow().local() || reader(on).isPresent());
    }

    /** redis-cli as it lies beside the servers of that host; there need be none on its path. */
    private String beside(HostName on) {
        return site(on).map(s -> s.binary().value().replaceFirst("[^/]*$", "redis-cli"))
                .map(Quote::path)
                .orElse("redis-cli");
    }

    /** On a host its own files are named. */
    private String tls(HostName on) {
        if (spec.tls().isEmpty()) {
            return "";
        }
        return thereOn(on)
                ? site(on).flatMap(NodeSite::tls).map(Tls::typed).orElse(" --tls")
                : spec.tls().get().typed();
    }

    /** The account of the servers, where a key is wanted that only they can read. */
    private Optional<String> reader(HostName on) {
        return site(on).filter(s -> s.tls().filter(t -> !t.key().isEmpty()).isPresent())
                .flatMap(NodeSite::user)
                .filter(u -> !host(on).orElseThrow().login().equals(Optional.of(u)));
    }

    private Optional<NodeSite> site(HostName on) {
        return spec.sites().stream().filter(s -> s.host().equals(on)).findFirst();
    }

    private Optional<HostSpec> host(HostName name) {
        return spec.hosts().stream().filter(h -> h.name().equals(name)).findFirst();
    }
}
