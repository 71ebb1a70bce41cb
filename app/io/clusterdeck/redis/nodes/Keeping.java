package io.clusterdeck.redis.nodes;

import io.clusterdeck.plan.Step;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a node would lose when it goes back to its configuration file, or lost when it died, and the step that writes it there first.
 *
 * @param files empty where it can't be read
 * @param why it can't be told, if it can't
 */
public record Keeping(Closeup seen, Optional<ConfFiles> files, List<Unkept> settings, Optional<Say> why) {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    public Keeping {
        settings = List.copyOf(settings);
    }

    /** Reads the file and compares. Blocks. */
    public static Keeping of(Ops ops, Closeup seen) throws Failure, InterruptedException {
        if (!seen.confFound()) {
            return new Keeping(seen, Optional.empty(), List.of(), Optional.empty());
        }
        if (seen.live().isEmpty()) {
            return gone(ops, seen);
        }
        try (var link = ops.links().act(seen.node().address())) {
            var version = seen.live().get().version();
            var files = ConfFiles.read(ops.ground(), seen.site(), version);
            var config = Asking.wholeConfig(link);
            // CONFIG that is switched off for everyone changes nothing; one that only we are refused may have
            boolean untold = config.isEmpty()
                    && seen.file().renamed("CONFIG").filter(String::isEmpty).isEmpty();
            return new Keeping(
                    seen,
                    Optional.of(files),
                    Unkept.of(config, files.tree(), version),
                    untold
                            ? Optional.of(Say.of("nodes.keep.refused"))
                            : files.unread().stream().findFirst());
        } catch (NotAllowed unreadable) {
            return new Keeping(seen, Optional.empty(), List.of(), Optional.of(unreadable.what()));
        } catch (Unreachable | OutcomeUnknown silent) {
            return new Keeping(seen, Optional.empty(), List.of(), Optional.of(silent.what()));
        }
    }

    /** Of a node that is down nobody can ask more than the password, which others have, too. */
    private static Keeping gone(Ops ops, Closeup seen) throws Failure, InterruptedException {
        try {
            var version = seen.lastInfo().map(i -> i.version()).orElse("");
            var files = ConfFiles.read(ops.ground(), seen.site(), version);
            return new Keeping(seen, Optional.of(files), Guard.lacking(ops, seen, files.tree()), Optional.empty());
        } catch (NotAllowed unreadable) {
            return new Keeping(seen, Optional.empty(), List.of(), Optional.of(unreadable.what()));
        }
    }

    /** Those alone without which a start leaves the node open to everyone, or unable to follow its master. */
    public Keeping guarding() {
        return new Keeping(seen, files, settings.stream().filter(Guard::guards).toList(), why);
    }

    Keeping nothing() {
        return new Keeping(seen, files, List.of(), Optional.empty());
    }

    /** The others. */
    Keeping unguarding() {
        return new Keeping(
                seen, files, settings.stream().filter(u -> !Guard.guards(u)).toList(), why);
    }

    /** What a restart costs of the settings; nothing where the file says what runs. */
    List<Say> costs() {
        var costs = new ArrayList<Say>();
        var address = seen.node().address();
        why.ifPresent(w -> costs.add(Say.of("nodes.impact.config-unknown", "why", w)));
        if (!settings.isEmpty()) {
            costs.add(Say.of("nodes.impact.config-lost", "settings", shown()));
        }
        if (loses("requirepass")) {
            costs.add(Say.of("nodes.impact.password-lost", "node", address));
        }
        if (loses("masterauth")) {
            costs.add(Say.of("nodes.impact.masterauth-lost", "node", address));
        }
        return costs;
    }

    /** Whether it would come back open, or unable to follow its master. */
    public boolean losesPassword() {
        return loses("requirepass") || loses("masterauth");
    }

    private boolean loses(String secret) {
        return settings.stream()
                .anyMatch(u -> u.directive().equals(secret)
                        && !u.running().isEmpty()
                        && u.file().isEmpty());
    }

    List<String> shown() {
        return settings.stream().map(Unkept::shown).toList();
    }

    /** With one more to be written; fails where the file can't be read. */
    Keeping with(Ops ops, Unkept more) throws Failure, InterruptedException {
        var all = new ArrayList<>(settings);
        all.add(more);
        var version = seen.lastInfo().map(i -> i.version()).orElse("");
        var read = files.isPresent() ? files.get() : ConfFiles.read(ops.ground(), seen.site(), version);
        return new Keeping(seen, Optional.of(read), all, why);
    }

    /** Writes them; there is nothing to do where nothing is to be written. */
    public List<Step> steps(Ops ops) {
        return settings.isEmpty()
                ? List.of()
                : KeepStep.of(ops, seen.site(), files.orElseThrow(), settings, stamp(), seen.answers());
    }

    /** What writing them means; nothing where nothing is to be written. */
    public List<Say> kept() {
        return settings.isEmpty() ? List.of() : List.of(Say.of("nodes.impact.config-kept", "settings", shown()));
    }

    /** The ending of the copy that stays of a file which is written now. */
    public static String stamp() {
        return "before-" + LocalDateTime.now(ZoneId.systemDefault()).format(STAMP);
    }
}
