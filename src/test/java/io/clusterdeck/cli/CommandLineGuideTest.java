package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.words.Words;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The guide's page about the command line names, in both languages, every word with every option of its own, and says which words know a common one. */
class CommandLineGuideTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--?[a-z][a-z-]*");

    /** Told once below the table. */
    private static final Set<String> COMMON =
            Set.of("--json", "--show", "--by-hand", "--verbose", "--cluster", "--wait");

    private final String guide = read("docs/guide/command-line.md");
    private final String chinese = read("docs/guide/zh/command-line.md");
    private final CommandLine line = Cli.commands(new Session(
            new Terminal(
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new BufferedReader(new StringReader("")),
                    null,
                    false),
            Words.in(Locale.ENGLISH),
            Map.of(),
            person -> {
                throw new AssertionError("nothing is opened");
            },
            Screen.NONE));

    private static String read(String page) {
        try {
            return Files.readString(Path.of(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that every word knows, as the one that has none of its own. */
    private final Set<String> everywhere = Optional.ofNullable(
                    line.getSubcommands().get("version"))
            .map(c -> names(c.getCommandSpec()))
            .orElseThrow();

    private static Set<String> names(CommandLine.Model.CommandSpec spec) {
        return spec.options().stream().map(OptionSpec::longestName).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The longest names of the options that the page gives a word. */
    private Map<String, Set<String>> told(String page) {
        var told = new TreeMap<String, Set<String>>();
        page.lines().filter(l -> l.startsWith("| `")).forEach(row -> {
            var codes = CODE.matcher(row.substring(0, row.indexOf('|', 1)));
            while (codes.find()) {
                var word = codes.group(1).split(" ")[0];
                var options = told.computeIfAbsent(word, w -> new TreeSet<>());
                OPTION.matcher(codes.group(1)).results().forEach(o -> options.add(longest(word, o.group())));
            }
        });
        return told;
    }

    private String longest(String word, String option) {
        return Optional.ofNullable(line.getSubcommands().get(word))
                .flatMap(c -> Optional.ofNullable(c.getCommandSpec().findOption(option)))
                .map(OptionSpec::longestName)
                .orElse(option + ", which is none");
    }

    private Set<String> knowing(String option) {
        return line.getSubcommands().entrySet().stream()
                .filter(e -> e.getValue().getCommandSpec().findOption(option) != null)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @SafeVarargs
    private static Set<String> with(String one, Set<String>... others) {
        var all = new TreeSet<String>();
        Stream.of(others).forEach(all::addAll);
        if (!one.isEmpty()) {
            all.add(one);
        }
        return all;
    }

    /** The words in the sentence that begins with the option. */
    private Set<String> said(String page, String option) {
        var sentence = Pattern.compile("^- `" + option + "` (?:with|用于) ?([^.:：]*?)(?: prints|: |：)", Pattern.MULTILINE)
                .matcher(page);
        return sentence.find()
                ? CODE.matcher(sentence.group(1).replace('\n', ' '))
                        .results()
                        .map(r -> r.group(1))
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }

    @Test
    void everyWordIsThereWithItsOwnOptions() {
        var real = new TreeMap<String, Set<String>>();
        line.getSubcommands().forEach((word, command) -> {
            var own = names(command.getCommandSpec());
            own.removeAll(everywhere);
            own.removeAll(word.equals("demo") ? Set.of() : COMMON);
            real.put(word, own);
        });
        assertEquals(lines(real), lines(told(guide)));
        assertEquals(lines(real), lines(told(chinese)));
    }

    private static String lines(Map<String, Set<String>> options) {
        return options.entrySet().stream()
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void whichWordsKnowACommonOptionIsSaid() {
        var json = knowing("--json");
        json.remove("demo");
        var shown = said(guide, "--show");
        assertEquals(knowing("--show"), shown);
        assertEquals(shown, said(chinese, "--show"));
        assertEquals(said(guide, "--json"), said(chinese, "--json"));
        assertEquals(knowing("--verbose"), with("demo", shown));
        assertEquals(json, with("", shown, said(guide, "--json")));
        assertEquals(knowing("--by-hand"), ByHandWalk.words("", "", "", "").keySet(), "each is walked");
        for (var name : everywhere) {
            assertEquals(line.getSubcommands().keySet(), knowing(name), name);
        }
    }

    /** Options of picocli's own that we do not write down would be a surprise; so would two of one name that mean different things. */
    @Test
    void anOptionMeansTheSameEverywhere() {
        var names = new TreeMap<String, Set<String>>();
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec()
                        .options()
                        .forEach(o -> names.computeIfAbsent(o.longestName(), n -> new TreeSet<>())
                                .add(Arrays.toString(o.names()))));
        names.forEach((name, spellings) -> assertEquals(1, spellings.size(), () -> name + " " + spellings));
    }
}
