package io.clusterdeck.cli;

import io.clusterdeck.deck.paper.AuditRow;
import io.clusterdeck.deck.paper.AuditRows;
import io.clusterdeck.deck.paper.CardWriter;
import io.clusterdeck.deck.paper.RescueCard;
import io.clusterdeck.deck.paper.SupportBundle;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words that put something on paper: the audit, a rescue card, the bundle for support. */
final class PaperWords {

    private PaperWords() {}

    @Command(name = "audit")
    static final class Audit extends Word {

        @Parameters(paramLabel = "CLUSTER", arity = "0..1")
        @Nullable
        String named;

        @Option(names = "--json")
        boolean json;

        @Option(names = "--csv")
        boolean csv;

        Audit(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure {
            var rows = session.deck(answers).papers().audit().stream()
                    .filter(r -> named == null || r.cluster().equals(named))
                    .toList();
            if (json) {
                session.result(AuditRows.json(rows, session.words::say));
            } else if (csv) {
                session.result(AuditRows.csv(rows, session.words::say).stripTrailing());
            } else if (rows.isEmpty()) {
                session.result(Say.of("cli.audit.none"));
            } else {
                rows.reversed().forEach(r -> session.result(line(r)));
            }
            return Code.DONE;
        }

        private String line(AuditRow row) {
            return session.words.say(
                    "cli.audit.line",
                    "at",
                    row.at(),
                    "by",
                    row.by(),
                    "cluster",
                    row.cluster(),
                    "what",
                    row.what(),
                    "outcome",
                    Say.of("cli.audit." + row.outcome().orElse(row.deed().equals("noted") ? "noted" : "open")));
        }
    }

    @Command(name = "rescue")
    static final class Rescue extends NamedClusterWord {

        @Mixin
        ExportOptions export = new ExportOptions(Format.CARDS);

        Rescue(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var wanted = export.format(Format.MARKDOWN);
            var cluster = cluster();
            var card = new RescueCard(cluster.spec(), seen(cluster), Instant.now());
            var writer = new CardWriter(session.words::say, language());
            var text = wanted == Format.HTML ? writer.html(card) : writer.markdown(card);
            if (!export.wanted()) {
                session.result(text.stripTrailing());
                return Code.DONE;
            }
            var archive = session.deck(answers).archive();
            export.write(session, (file, sign) -> archive.export(text.getBytes(StandardCharsets.UTF_8), file, sign));
            return Code.DONE;
        }

        private String language() {
            return session.words.locale().getLanguage().equals(Locale.CHINESE.getLanguage()) ? "zh-CN" : "en";
        }
    }

    @Command(name = "support")
    static final class Support extends Word {

        private static final String ENDING = ".zip";

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE")
        @Nullable
        Path output;

        Support(Session session) {
            super(session);
        }

        /** Without a file it only lists what would be in it. */
        @Override
        int run() throws Failure, Misuse {
            if (output != null && !output.toString().toLowerCase(Locale.ROOT).endsWith(ENDING)) {
                throw new Misuse(Say.of("cli.support.zip"));
            }
            var bundle = session.deck(answers).papers().support();
            list(bundle).forEach(session::progress);
            if (output == null) {
                session.result(Say.of("cli.support.list", "n", bundle.parts().size()));
                return Code.DONE;
            }
            bundle.save(output);
            session.result(output.toString());
            return Code.DONE;
        }

        private List<String> list(SupportBundle bundle) {
            return bundle.parts().stream()
                    .map(p -> "%10s  %s".formatted(session.words.bytes(p.size()), p.name()))
                    .toList();
        }
    }
}
