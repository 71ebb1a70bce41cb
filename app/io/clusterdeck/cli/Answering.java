package io.clusterdeck.cli;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The answers that can be given beforehand. Passwords come from files or standard input, never from the command line itself. */
final class Answering {

    @Option(names = {"-y", "--yes"})
    boolean yes;

    @Option(names = "--type", paramLabel = "TEXT")
    @Nullable
    String typed;

    @Option(names = "--insist")
    boolean insist;

    @Option(names = "--accept-new")
    boolean acceptNew;

    @Option(names = "--password-stdin")
    boolean passwordFromStdin;

    @Option(names = "--password-file", paramLabel = "FILE")
    @Nullable
    String passwordFile;

    @Option(names = "--ssh-password-file", paramLabel = "FILE")
    @Nullable
    String sshPasswordFile;

    @Option(names = "--sudo-password-file", paramLabel = "FILE")
    @Nullable
    String sudoPasswordFile;

    @Option(names = "--passphrase-file", paramLabel = "FILE")
    @Nullable
    String passphraseFile;

    @Option(names = "--config-word-file", paramLabel = "FILE")
    @Nullable
    String configWordFile;

    /** The file that holds a secret: named by an option, else by {@code CLUSTERDECK_…_FILE}. */
    Optional<String> file(Kind kind, Map<String, String> environment) {
        var option = switch (kind) {
            case PASSWORD -> passwordFile;
            case SSH_PASSWORD -> sshPasswordFile;
            case SUDO_PASSWORD -> sudoPasswordFile;
            case PASSPHRASE -> passphraseFile;
            case CONFIG_WORD -> configWordFile;
        };
        return Optional.ofNullable(option)
                .or(() -> Optional.ofNullable(environment.get("CLUSTERDECK_" + kind + "_FILE")));
    }

    enum Kind {
        PASSWORD,
        SSH_PASSWORD,
        SUDO_PASSWORD,
        PASSPHRASE,
        CONFIG_WORD
    }
}
