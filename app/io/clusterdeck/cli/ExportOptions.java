package io.clusterdeck.cli;

import io.clusterdeck.redis.export.Format;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where something is written to, in which format, and whether with a signature beside it. */
final class ExportOptions {

    /** Writes the file. */
    interface To {
        void write(Path file, boolean sign) throws Failure;
    }

    private final List<Format> formats;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE")
    @Nullable
    Path output;

    @Option(names = "--format", paramLabel = "FORMAT")
    @Nullable
    String format;

    @Option(names = "--sign")
    boolean sign;

    /** @param formats of which it can be */
    ExportOptions(List<Format> formats) {
        this.formats = formats;
    }

    boolean wanted() {
        return output != null;
    }

    /** By {@code --format}, else by the file's ending. @param otherwise where nothing is written */
    Format format(Format otherwise) throws Misuse {
        return format(formats, otherwise);
    }

    /** Where what is written can't be all that others of this word can. */
    Format format(List<Format> formats, Format otherwise) throws Misuse {
        var file = output;
        var word = format;
        if (file == null && (sign || word != null)) {
            throw new Misuse(Say.of("cli.snapshot.output"));
        }
        var found = word != null
                ? Format.named(word)
                : file == null
                        ? Optional.of(otherwise)
                        : Format.of(file.getFileName().toString());
        return found.filter(f -> file == null || formats.contains(f))
                .orElseThrow(() -> new Misuse(Say.of(
                        "cli.snapshot.format",
                        "formats",
                        formats.stream()
                                .map(f -> f.word() + " (" + f.ending() + ")")
                                .toList())));
    }

    /** Where that is wanted, and says where it is. */
    void write(Session session, To to) throws Failure {
        write(session::result, to);
    }

    /** @param tell hears the names of the files, where the standard output is for something else */
    void write(Consumer<String> tell, To to) throws Failure {
        var file = output;
        if (file != null) {
            to.write(file, sign);
            tell.accept(file.toString());
            if (sign) {
                tell.accept(file + ".sig");
            }
        }
    }
}
