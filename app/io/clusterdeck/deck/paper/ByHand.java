package io.clusterdeck.deck.paper;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.plan.Step;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.LastRun;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.redis.model.RedisCli;
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

/** Lines that a person types here to do what Clusterdeck would do. No line holds a password. */
public final class ByHand {

    /** Bash and zsh read it without showing it. */
    public static final String PASSWORD = "read -rs REDISCLI_AUTH && export REDISCLI_AUTH";

    /** Where the program that the lines name comes from: the packaged server has none beside it. */
    public static final Say PROGRAM = Say.of("paper.cli");

    /** Stands in what no one line says: a probe's thousands of commands. */
    private static final String MANY = "…";

    private static final String UNPAUSE = "CLIENT UNPAUSE";

    /** A hand-over is over or given up within 5 s; what its master takes meanwhile is lost. */
    private static final String OVER = "sleep 6";

    private static final Pattern OURS = Pattern.compile("(sudo )?sh [a-z0-9-]+\\.sh .*", Pattern.DOTALL);

    private final ClusterSpec spec;
    private final RedisCli cli;

    public ByHand(ClusterSpec spec) {
        this.spec = spec;
        this.cli = new RedisCli(spec);
    }

    /** A plan as lines in order, with what each step is as a comment above it. */
    public List<String> lines(Plan plan, Function<Say, String> words) {
        var lines = new ArrayList<String>();
        if (plan.steps().stream().anyMatch(this::talks)) {
            lines.add(comment(words.apply(PROGRAM)));
        }
        if (plan.steps().stream().anyMatch(this::wantsPassword)) {
            lines.add(comment(words.apply(Say.of("paper.password"))));
            lines.add(PASSWORD);
        }
        for (var step : plan.steps()) {
            lines.add(comment(step.on() + ": " + words.apply(step.title())));
            step(step, words, lines);
        }
        return lines;
    }

    private boolean talks(Step step) {
        return step.commands().stream().anyMatch(c -> cli.says(step.on(), c));
    }

    private boolean wantsPassword(Step step) {
        return !asks(step.on()) && talks(step);
    }

    /** Whether lines typed for that host ask for the password; else they take it from here. */
    boolean asks(HostName on) {
        return cli.asks(on);
    }

    private void step(Step step, Function<Say, String> words, List<String> to) {
        boolean root = step.commands().stream().anyMatch(c -> c.startsWith("sudo sh "));
        int before = to.size();
        for (var command : step.commands()) {
            if (command.contains(MANY)) {
                to.add(comment(command));
            } else if (!OURS.matcher(command).matches()) {
                if (command.endsWith(UNPAUSE)) {
                    to.add(comment(words.apply(Say.of("paper.over"))));
                    to.add(OVER);
                }
                to.add(line(step.on(), command, root));
            }
        }
        if (step.commands().isEmpty() && step.edits().isEmpty()) {
            to.add(comment(words.apply(Say.of("paper.nothing"))));
        }
        boolean script = to.size() == before && !step.commands().isEmpty();
        for (var edit : step.edits()) {
            var line = EditLine.of(edit);
            to.add(line.map(l -> line(step.on(), l, root))
                    .orElseGet(() -> comment(words.apply(Say.of("paper.edit", "file", edit.file())))));
            script &= line.isEmpty();
        }
        if (script) {
            to.add(comment(words.apply(Say.of("paper.script", "host", step.on()))));
        }
    }

    private String line(HostName on, String command, boolean root) {
        if (!cli.says(on, command)) {
            return on(on, root ? "sudo sh -c " + Quote.word(command) : command);
        }
        // what follows its line is typed into it
        int end = command.indexOf('\n');
        return end < 0 ? talk(on, command) : talk(on, command.substring(0, end)) + command.substring(end);
    }

    /** A command on a host, from here. */
    public String on(HostName host, String command) {
        return host(host).map(h -> SshLine.run(h, command)).orElse(command);
    }

    /** A Redis command to one node, typed here, or on its host where its port is closed from here. Without words redis-cli asks for them. */
    public String redis(HostName on, NodeAddress node, List<String> words) {
        return talk(on, cli.to(on, node, words));
    }

    /** Looks at all nodes, by way of one. Typed likewise. */
    public String look(HostName on, NodeAddress node) {
        return talk(on, cli.program(on) + " --cluster check " + cli.at(on, node));
    }

    private String talk(HostName on, String line) {
        return cli.thereOn(on) ? SshLine.talk(host(on).orElseThrow(), line) : line;
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
        var folder = site.lastRun().map(LastRun::folder).orElse(site.directory().value());
        var limit = site.lastRun()
                .map(LastRun::openFiles)
                .filter(n -> !n.isEmpty())
                .map(n -> "ulimit -n " + Quote.word(n) + "; ");
        var env = site.lastRun()
                .map(LastRun::environment)
                .filter(e -> !e.isEmpty())
                .map(e -> "env " + Quote.words(e) + " ");
        var start = limit.orElse("") + "cd " + Quote.path(folder) + " && " + env.orElse("") + program;
        var login = host(site.host()).flatMap(HostSpec::login);
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
