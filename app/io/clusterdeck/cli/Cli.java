package io.clusterdeck.cli;

import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line. Results go to stdout, progress and questions to stderr. Exit codes: 0 done or healthy, 1 failed or unhealthy,
 * 2 misused, 3 unknown (too few nodes were reached).
 */
public final class Cli {
    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class);

    private Cli() {}

    /** Runs one word with the program's own input and output; Ctrl-C cancels what runs and waits for its end. */
    public static int run(String[] args, Opening opening, Screen screen) {
        var environment = System.getenv();
        var session = new Session(
                Terminal.system(environment), Words.in(locale(args, environment)), environment, opening, screen);
        Runtime.getRuntime().addShutdownHook(new Thread(session::close, "end of the command line"));
        return run(args, session);
    }

    static int run(String[] args, Session session) {
        try (session) {
            int code = commands(session).execute(asksForHelp(args));
            if (!session.unread()) {
                return code;
            }
            session.note(Say.of("cli.unread")); // a script must not take half of it for all
            return code == Code.DONE ? Code.FAILED : code;
        }
    }

    /** {@code --help} anywhere is the word {@code help}, as people expect of every program. */
    private static String[] asksForHelp(String[] args) {
        var all = List.of(args);
        if (all.contains("--version") || all.contains("-V")) {
            return new String[] {"version"};
        }
        if (!all.contains("--help") && !all.contains("-h")) {
            return args;
        }
        var word = all.stream().filter(a -> !a.startsWith("-")).findFirst();
        return word.map(w -> new String[] {"help", w}).orElse(new String[] {"help"});
    }

    static CommandLine commands(Session session) {
        var line = new CommandLine(CommandSpec.create().name("clusterdeck").addOption(language()));
        for (var word : words(session)) {
            line.addSubcommand(word);
        }
        line.addSubcommand(new Help(session, line)).addSubcommand(new Version(session));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        HelpTexts.give(line, session.words);
        line.setParameterExceptionHandler((wrong, all) -> misused(wrong, session));
        line.setExecutionExceptionHandler((bug, at, parsed) -> {
            org.slf4j.LoggerFactory.getLogger(Cli.class).error("the word {} broke", at.getCommandName(), bug);
            session.failed(Say.of("cli.bug", "what", bug.toString()), Say.of("cli.bug.next"));
            return Code.FAILED;
        });
        return line;
    }

    private static CommandLine.Model.OptionSpec language() {
        return CommandLine.Model.OptionSpec.builder("--lang")
                .paramLabel("en|zh")
                .type(String.class)
                .build();
    }

    private static List<Word> words(Session session) {
        return List.of(
                new DemoWord(session),
                new BuildWords.Show(session),
                new BuildWords.Apply(session),
                new BuildWords.Resume(session),
                new BuildWords.Destroy(session),
                new StatusWord(session),
                new ForecastWord(session),
                new DrillWord(session),
                new DrillsWord(session),
                new WatchWord(session),
                new NodeWords.Kill(session),
                new NodeWords.Start(session),
                new NodeWords.Stop(session),
                new NodeWords.Restart(session),
                new NodeWords.Failover(session),
                new SafeWord(session),
                new SafeWord.Back(session),
                new CablesWord(session),
                new MuteWords.Mutes(session),
                new MuteWords.Unmutes(session),
                new CheckAofWord(session),
                new LogsWord(session),
                new ConfigWord(session),
                new PasswordWord(session),
                new FailoversWord(session),
                new SnapshotWords.Take(session),
                new SnapshotWords.ListAll(session),
                new SnapshotWords.Diff(session),
                new SnapshotWords.Verify(session),
                new SnapshotWords.Key(session),
                new SnapshotWords.Import(session),
                new KeptWords.Clusters(session),
                new KeptWords.RunsList(session),
                new AdoptWord(session),
                new SignInWord(session),
                new KeptWords.Forget(session),
                new PaperWords.Audit(session),
                new PaperWords.Rescue(session),
                new PaperWords.Support(session));
    }

    private static int misused(ParameterException wrong, Session session) {
        var command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        var what = switch (wrong) {
            case UnmatchedArgumentException u -> {
                var near = u.getSuggestions();
                yield near.isEmpty()
                        ? Say.of("cli.misuse.unknown", "what", u.getUnmatched())
                        : Say.of("cli.misuse.near", "what", u.getUnmatched(), "near", near);
            }
            case MissingParameterException m ->
                Say.of(
                        "cli.misuse.missing",
                        "what",
                        m.getMissing().stream()
                                .map(a -> HelpTexts.missing(a, session.words))
                                .toList());
            case ParameterException p
            when p.getArgSpec() instanceof OptionSpec o
                    && WHOLE.contains(o.typeInfo().getType()) ->
                Say.of("cli.misuse.number", "option", o.longestName(), "what", String.valueOf(p.getValue()));
            default -> Say.of("cli.misuse.other", "what", String.valueOf(wrong.getMessage()));
        };
        session.note(what);
        session.note(Say.of(
                "cli.misuse.help",
                "command",
                command.replaceFirst("^clusterdeck ?", "clusterdeck help ").strip()));
        return Code.MISUSED;
    }

    /** {@code --lang}, else as the environment says. */
    public static Locale locale(String[] args, Map<String, String> environment) {
        var language = "";
        for (int i = 0; i < args.length; i++) {
            if (args[i].startsWith("--lang=")) {
                language = args[i].substring("--lang=".length());
            } else if (args[i].equals("--lang") && i + 1 < args.length) {
                language = args[i + 1];
            }
        }
        for (var name : List.of("LC_ALL", "LC_MESSAGES", "LANG")) {
            if (language.isEmpty()) {
                language = environment.getOrDefault(name, "");
            }
        }
        return language.startsWith("zh") ? Locale.CHINA : Locale.ENGLISH;
    }

    @Command(name = "help")
    static final class Help extends Word {

        private final CommandLine all;

        @CommandLine.Parameters(paramLabel = "WORD", arity = "0..1")
        String word = "";

        Help(Session session, CommandLine all) {
            super(session);
            this.all = all;
        }

        @Override
        int run() throws Misuse {
            var one = all.getSubcommands().get(word);
            if (one == null && !word.isEmpty()) {
                throw new Misuse(Say.of("cli.misuse.unknown", "what", word));
            }
            session.result((one == null ? all : one).getUsageMessage().stripTrailing());
            return Code.DONE;
        }
    }

    @Command(name = "version")
    static final class Version extends Word {

        Version(Session session) {
            super(session);
        }

        @Override
        int run() {
            var version = Cli.class.getPackage().getImplementationVersion();
            session.result("clusterdeck " + (version == null ? "0.1.0" : version));
            return Code.DONE;
        }
    }
}
