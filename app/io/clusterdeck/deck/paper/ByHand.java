package io.clusterdeck.deck.paper;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.SshLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Lines that a person types to do what Clusterdeck would do. No line holds a password: redis-cli takes it from the environment
 * ({@code REDISCLI_AUTH}, redis-cli.c) or asks for it ({@code --askpass}, since 6.0.10).
 */
public final class ByHand {

    /** Bash and zsh read it without showing it. */
    public static final String PASSWORD = "read -rs REDISCLI_AUTH && export REDISCLI_AUTH";

    private static final Pattern OURS = Pattern.compile("(sudo )?sh [a-z0-9-]+\\.sh .*", Pattern.DOTALL);
    private static final Pattern CLI = Pattern.compile("redis-cli (?:-h (\\S+) -p (\\d+) )?(.*)", Pattern.DOTALL);

    private final ClusterSpec spec;

    public ByHand(ClusterSpec spec) {
        this.spec = spec;
    }

    /** A plan as lines in order, with what each step is as a comment above it. */
    public List<String> lines(Plan plan, Function<Say, String> words) {
        var lines = new ArrayList<String>();
        boolean asks =
                plan.steps().stream().flatMap(s -> s.commands().stream()).anyMatch(c -> c.startsWith("redis-cli"));
        if (asks && spec.access() == Access.DIRECT) {
            lines.add(comment(words.apply(Say.of("paper.password"))));
            lines.add(PASSWORD);
        }
        for (var step : plan.steps()) {
            lines.add(comment(step.on() + ": " + words.apply(step.title())));
            step(step, words, lines);
        }
        return lines;
    }

    private void step(Step step, Function<Say, String> words, List<String> to) {
        boolean root = step.commands().stream().anyMatch(c -> c.startsWith("sudo sh "));
        int before = to.size();
        for (var command : step.commands()) {
            if (!OURS.matcher(command).matches()) {
                to.add(line(step.on(), command, root));
            }
        }
        if (to.size() == before && !step.commands().isEmpty()) {
            to.add(comment(words.apply(Say.of("paper.script", "host", step.on()))));
        }
        step.edits().forEach(e -> to.add(comment(words.apply(Say.of("paper.edit", "file", e.file())))));
    }

    private String line(HostName on, String command, boolean root) {
        // a way to speak TLS is chosen below
        var cli =
                CLI.matcher(spec.tls().map(t -> command.replace(t.typed(), "")).orElse(command));
        if (cli.matches()) {
            return cli(on, Optional.ofNullable(cli.group(1)), Optional.ofNullable(cli.group(2)), cli.group(3));
        }
        return on(on, root ? "sudo sh -c " + Quote.word(command) : command);
    }

    /** A command on a host, from here. */
    public String on(HostName host, String command) {
        return host(host).map(h -> SshLine.run(h, command)).orElse(command);
    }

    /** A Redis command to one node, typed here, or on its host where its port is closed from here. */
    public String redis(HostName on, NodeAddress node, String command) {
        return cli(on, Optional.of(node.host()), Optional.of(Integer.toString(node.port())), command);
    }

    private String cli(HostName on, Optional<String> host, Optional<String> port, String command) {
        boolean through = spec.access() == Access.THROUGH_HOSTS && host(on).isPresent();
        var line = new StringBuilder(through ? program(on) : "redis-cli");
        if (through && !host(on).orElseThrow().local()) {
            line.append(" --askpass");
        }
        if (!spec.user().isEmpty()) {
            line.append(" --user ").append(Quote.word(spec.user()));
        }
        line.append(tls(on, through));
        host.ifPresent(h -> line.append(" -h ").append(h));
        port.ifPresent(p -> line.append(" -p ").append(p));
        line.append(' ').append(command);
        return through ? SshLine.talk(host(on).orElseThrow(), line.toString()) : line.toString();
    }

    /** redis-cli as it lies beside the servers of that host; there need be none on its path. */
    private String program(HostName on) {
        return spec.sites().stream()
                .filter(s -> s.host().equals(on))
                .map(s -> s.binary().value().replaceFirst("[^/]*$", "redis-cli"))
                .findFirst()
                .map(Quote::path)
                .orElse("redis-cli");
    }

    /** On a host its own files are named, which its servers use: as their redis.conf says. */
    private String tls(HostName on, boolean through) {
        if (spec.tls().isEmpty()) {
            return "";
        }
        var conf = spec.sites().stream()
                .filter(s -> s.host().equals(on))
                .map(s -> Quote.path(s.conf().value()))
                .findFirst();
        return through && conf.isPresent()
                ? " --tls" + said("cacert", "tls-ca-cert-file", conf.get()) + said("cert", "tls-cert-file", conf.get())
                        + said("key", "tls-key-file", conf.get())
                : spec.tls().get().typed();
    }

    /** Where a directive says nothing but a path, quoted or not. */
    private static String said(String option, String directive, String conf) {
        return " --" + option + " \"$(sed -n 's/^" + directive + " *\"*\\([^\"]*\\).*/\\1/p' " + conf + ")\"";
    }

    /** The machine of that name, where one is known. */
    public Optional<HostSpec> host(HostName name) {
        return spec.hosts().stream().filter(h -> h.name().equals(name)).findFirst();
    }

    /** Starts a server the way it was started: by its unit, or its program as its user. On its host. */
    public String start(NodeSite site) {
        if (site.unit().isPresent()) {
            return "sudo systemctl start " + Quote.word(site.unit().get());
        }
        var program =
                Quote.path(site.binary().value()) + " " + Quote.path(site.conf().value());
        var start = "cd " + Quote.path(site.directory().value()) + " && " + program;
        var login = host(site.host()).flatMap(h -> Optional.ofNullable(h.user()));
        return site.user()
                .filter(u -> !u.equals(login.orElse("")))
                .map(u -> "sudo -u " + Quote.word(u) + " sh -c " + Quote.word(start))
                .orElse(start);
    }

    /** Follows a server's log. On its host. */
    public static Optional<String> log(NodeSite site) {
        return site.log()
                .map(l -> "tail -n 200 -F " + Quote.path(l.value()))
                .or(() -> site.unit().map(u -> "journalctl -n 200 -f -u " + Quote.word(u)));
    }

    private static String comment(String text) {
        return "# " + text.replace("\n", "\n# ");
    }
}
