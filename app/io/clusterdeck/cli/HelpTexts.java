package io.clusterdeck.cli;

import io.clusterdeck.redis.link.LeastAcl;
import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.ListResourceBundle;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives every word, option and argument its explanation in the operator's language. */
final class HelpTexts {

    private static final int WIDTH = 110;

    private HelpTexts() {}

    static void give(CommandLine line, Words words) {
        var texts = new HashMap<String, String>();
        var all = new ArrayList<>(line.getSubcommands().values());
        all.add(line);
        for (var each : all) {
            about(each, each == line ? words.say("cli.about") : words.say("cli.word." + each.getCommandName()), words);
            var of = each.getCommandSpec().qualifiedName(".") + ".";
            each.getCommandSpec().options().forEach(o -> texts.put(of + bare(o), escaped(words.say(key(o, words)))));
            each.getCommandSpec()
                    .positionalParameters()
                    .forEach(p ->
                            texts.put(of + p.paramLabel() + "[" + p.index() + "]", escaped(words.say(key(p, words)))));
        }
        line.getCommandSpec().usageMessage().footer("", escaped(words.say("cli.exit-codes")));
        var adopt = Objects.requireNonNull(line.getSubcommands().get("adopt")).getCommandSpec();
        adopt.usageMessage().footer("", escaped(words.say("cli.adopt.acl", "acl", LeastAcl.text())));
        line.setResourceBundle(bundle(texts));
    }

    private static String argument(String label) {
        return "cli.argument." + label.toLowerCase(Locale.ROOT).replace(':', '-');
    }

    /** Some mean something else with one word ({@code .WORD}) than with most, or where they must not be left out. */
    private static String key(ArgSpec arg, Words words) {
        var most = arg instanceof OptionSpec o ? "cli.option." + bare(o) : argument(arg.paramLabel());
        var one = most + "." + arg.command().name();
        if (words.knows(one)) {
            return one;
        }
        return arg.required() && words.knows(most + ".required") ? most + ".required" : most;
    }

    /** What was left out, with what it is. */
    static Say missing(ArgSpec arg, Words words) {
        var label = arg instanceof OptionSpec o ? o.longestName() + " " + o.paramLabel() : arg.paramLabel();
        return missing(label, key(arg, words));
    }

    /** An argument by its label. */
    static Say missing(String label) {
        return missing(label, argument(label));
    }

    private static Say missing(String label, String about) {
        return Say.of("cli.misuse.missing.one", "label", label, "about", Say.of(about));
    }

    private static String bare(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static void about(CommandLine line, String about, Words words) {
        line.setUsageHelpWidth(WIDTH);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        line.getCommandSpec()
                .usageMessage()
                .description(escaped(about))
                .synopsisHeading(words.say("cli.usage") + " ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .commandListHeading("%n")
                .abbreviateSynopsis(true)
                .sortOptions(false);
        either(line.getCommandSpec());
    }

    /** Of words that want one of several: shortened, picocli leaves out the option that stands for the argument. */
    private static void either(CommandLine.Model.CommandSpec spec) {
        spec.argGroups().stream()
                .filter(g -> g.exclusive() && g.multiplicity().min() == 1)
                .filter(g -> !g.positionalParameters().isEmpty())
                .findFirst()
                .ifPresent(g -> spec.usageMessage()
                        .customSynopsis(spec.qualifiedName() + " [OPTIONS] ("
                                + g.args().stream()
                                        .map(a -> a instanceof OptionSpec o ? o.longestName() : a.paramLabel())
                                        .collect(Collectors.joining(" | "))
                                + ")"));
    }

    private static ListResourceBundle bundle(Map<String, String> texts) {
        return new ListResourceBundle() {
            @Override
            protected Object[][] getContents() {
                return texts.entrySet().stream()
                        .map(e -> new Object[] {e.getKey(), e.getValue()})
                        .toArray(Object[][]::new);
            }
        };
    }

    /** picocli formats texts: a percent sign of ours is just that. */
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }
}
