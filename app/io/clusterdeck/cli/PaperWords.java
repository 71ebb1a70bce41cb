package io.clusterdeck.cli;

import io.clusterdeck.deck.paper.AuditRow;
import io.clusterdeck.deck.paper.AuditRows;
import io.clusterdeck.deck.paper.CardWriter;
import io.clusterdeck.deck.paper.RescueCard;
import io.clusterdeck.deck.paper.SupportBundle;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE")
        @Nullable
        Path output;

        Rescue(Session session) {
            super(session);
        }

        @Override
        int run() throws Failure, InterruptedException, Misuse {
            var cluster = cluster();
            var card = new RescueCard(cluster.spec(), seen(cluster), Instant.now());
            var writer = new CardWriter(session.words::say, language());
            if (output == null) {
                session.result(writer.markdown(card).stripTrailing());
                return Code.DONE;
            }
            try {
                Files.writeString(output, writer.write(card, output));
            } catch (IOException unwritable) {
                throw SupportBundle.unwritable(output, unwritable);
            }
            session.result(Say.of("cli.saved", "file", output));
            return Code.DONE;
        }

        private String language() {
            return session.words.locale().getLanguage().equals(Locale.CHINESE.getLanguage()) ? "zh-CN" : "en";
        }
    }

    @Command(name = "support")
    static final class Support extends Word {

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
        int run() throws Failure {
            var bundle = session.deck(answers).papers().support();
            list(bundle).forEach(session::progress);
            if (output == null) {
                session.result(Say.of("cli.support.list", "n", bundle.parts().size()));
                return Code.DONE;
            }
            bundle.save(output);
            session.result(Say.of("cli.saved", "file", output));
            return Code.DONE;
        }

        private List<String> list(SupportBundle bundle) {
            return bundle.parts().stream()
                    .map(p -> "%10s  %s".formatted(session.words.bytes(p.size()), p.name()))
                    .toList();
        }
    }
}
