package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Quote;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.SshLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A plan as one shell script for who wants to run it without Clusterdeck. It holds the scripts that run on hosts, whole, and says what it
 * cannot express: checks beforehand and afterwards, resuming, undoing, secrets, and what Clusterdeck itself tells the nodes.
 */
public final class PlanScript {

    private static final Pattern OURS = Pattern.compile("(sudo )?sh ([a-z0-9-]+)\\.sh ([a-z-]+)(.*)", Pattern.DOTALL);

    private final Function<Say, String> words;
    private final Collection<HostSpec> hosts;

    /** @param words turns a Say into the operator's language */
    public PlanScript(Function<Say, String> words, Collection<HostSpec> hosts) {
        this.words = words;
        this.hosts = hosts;
    }

    public String write(Plan plan) {
        var body = new StringBuilder();
        var used = new TreeSet<String>();
        for (var stage : plan.stages()) {
            body.append("\n# ── ").append(words.apply(stage.title())).append('\n');
            stage.steps().forEach(s -> step(s, used, body));
        }
        var text = new StringBuilder("#!/bin/sh\n# ")
                .append(words.apply(plan.title()))
                .append("\n#\n");
        comment(Say.of("cli.script.limits"), text);
        text.append("set -eu\n\n").append(targets()).append(FRAME);
        text.append(here("lib", Script.LIBRARY));
        used.forEach(name -> text.append(here(function(name), List.of(name))));
        return text.append(body).toString();
    }

    private static String here(String name, List<String> resources) {
        var whole = resources.stream().map(r -> resource(r).orElseThrow()).collect(Collectors.joining());
        return "text_%s() {\n  cat <<'END_OF_%s'\n%sEND_OF_%s\n}\n\n".formatted(name, name, whole, name);
    }

    private void step(Step step, Set<String> used, StringBuilder body) {
        body.append("\n# ").append(words.apply(step.title()).replace("\n", " ")).append('\n');
        for (var command : step.commands()) {
            var ours = OURS.matcher(command);
            if (ours.matches() && resource(ours.group(2)).isPresent()) {
                used.add(ours.group(2));
                body.append("run ").append(Quote.word(step.on().value()));
                body.append(ours.group(1) == null ? " '' " : " sudo ");
                body.append(function(ours.group(2)))
                        .append(' ')
                        .append(ours.group(3))
                        .append(ours.group(4));
            } else {
                body.append("# ")
                        .append(words.apply(Say.of("cli.script.by-hand", "command", command.replace("\n", "\n#   "))));
            }
            body.append('\n');
        }
        if (!step.edits().isEmpty()) {
            var files = step.edits().stream().map(e -> e.file().toString()).toList();
            body.append("# ")
                    .append(words.apply(Say.of("cli.script.edits", "files", files)))
                    .append('\n');
        }
    }

    private void comment(Say say, StringBuilder text) {
        words.apply(say).lines().forEach(l -> text.append("# ").append(l).append('\n'));
    }

    private String targets() {
        var text = new StringBuilder("remote() { # remote HOST COMMAND\n  case $1 in\n");
        for (var host : hosts) {
            text.append("    ").append(Quote.word(host.name().value())).append(") ");
            text.append(host.local() ? "sh -c \"$2\"" : SshLine.to(host) + " \"$2\"");
            text.append(" ;;\n");
        }
        return text.append("    *) ssh \"$1\" \"$2\" ;;\n  esac\n}\n\n").toString();
    }

    private static String function(String script) {
        return script.replace('-', '_');
    }

    private static Optional<String> resource(String name) {
        try (var in = PlanScript.class.getResourceAsStream("/remote/" + name + ".sh")) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Puts prelude, arguments and script into one file on the host, as the program does over standard input. */
    private static final String FRAME = """
        quoted() {
          printf "'"
          printf %s "$1" | sed "s/'/'\\\\\\\\''/g"
          printf "'\\n"
        }

        run() { # run HOST sudo|'' SCRIPT VERB NAME=VALUE…
          host=$1 as=$2 script=$3 verb=$4
          shift 4
          {
            printf 'N=clusterdeck\\nset -- "$HOME"\\n'
            text_lib
            printf 'verb=%s\\n' "$verb"
            for argument in "$@"; do
              printf '%s=' "${argument%%=*}"
              quoted "${argument#*=}"
            done
            "text_$script"
            # the login shell there may be any: it only starts sh
          } | remote "$host" 'exec sh -c '\\''f=$(mktemp) && trap "rm -f \\"\\$f\\"" 0 && cat >"$f" && '"$as"' sh "$f" </dev/null'\\'
        }

        """;
}
