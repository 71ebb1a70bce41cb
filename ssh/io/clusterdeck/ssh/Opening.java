package io.clusterdeck.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.HostKeyChanged;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.say.UnexpectedOutput;
import io.clusterdeck.say.Unreachable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Signs in to one host, asking a person where that is needed; says exactly why when it can't. */
final class Opening implements Lanes.Opener {

    /** A host whose sshd answers already lets ordinary users in only when systemd-user-sessions has started. */
    private static final Duration STARTING = Duration.ofSeconds(60);

    private static final long STARTING_PAUSE_MILLIS = 300;

    private static final Pattern OFFERS = Pattern.compile("Auth (?:fail|cancel) for methods '([^']*)'");

    private final HostSpec spec;
    private final Asker asker;
    private final SshFiles files;
    private final Function<String, SshHost> jumps;
    private final SignIn.Remembered remembered = new SignIn.Remembered();
    /** Trusted by a person, also where known_hosts could not be written. */
    private final List<KnownHosts.Entry> trusted = new ArrayList<>();

    Opening(HostSpec spec, Asker asker, SshFiles files, Function<String, SshHost> jumps) {
        this.spec = spec;
        this.asker = asker;
        this.files = files;
        this.jumps = jumps;
    }

    @Override
    public synchronized Connection open() throws Failure, InterruptedException {
        var target = Target.of(spec, files);
        var known = new KnownHosts(target.known());
        boolean secondChance = true;
        long began = System.nanoTime();
        while (true) {
            var entries = new ArrayList<>(known.about(target.hostKeyName()));
            entries.addAll(trusted);
            var check = new HostKeyCheck(entries);
            var signIn = new SignIn(spec, target, asker, remembered);
            try {
                return Connection.open(spec, target, check, signIn, jump(target));
            } catch (JSchException e) {
                if (e instanceof JSchHostKeyException) {
                    firstContact(target, known, check, e);
                } else if (signIn.asked()
                        && !Objects.requireNonNullElse(e.getMessage(), "").startsWith("Auth")
                        && secondChance) {
                    // a person took longer than the server waits; the answer is remembered
                    secondChance = false;
                } else if (signIn.starting() && System.nanoTime() - began < STARTING.toNanos()) {
                    Thread.sleep(STARTING_PAUSE_MILLIS);
                } else {
                    throw failure(target, signIn, e);
                }
            }
        }
    }

    private @Nullable SshHost jump(Target target) {
        if (target.jumps().isEmpty()) {
            return null;
        }
        // "Host *" with "ProxyJump b" is also said about b itself
        boolean itself = spec.jump() == null
                && Target.jump(target.jumps().getLast()).address().equals(spec.address());
        return itself ? null : jumps.apply(String.join(",", target.jumps()));
    }

    private void firstContact(Target target, KnownHosts known, HostKeyCheck check, JSchException e)
            throws Failure, InterruptedException {
        var key = check.shown();
        if (key == null) {
            throw unreachable(target, e);
        }
        var type = KnownHosts.type(key);
        var fingerprint = KnownHosts.fingerprint(key);
        switch (check.found()) {
            case REVOKED ->
                throw new HostKeyChanged(
                        Say.of("ssh.host-key-revoked", "host", spec.name(), "type", type, "shown", fingerprint),
                        Say.of("ssh.host-key-revoked.next", "host", spec.name()),
                        e);
            case CHANGED -> {
                var old = check.known().getFirst();
                throw new HostKeyChanged(
                        Say.of(
                                "ssh.host-key-changed",
                                "host",
                                spec.name(),
                                "known",
                                old.fingerprint(),
                                "knownType",
                                old.type(),
                                "shown",
                                fingerprint,
                                "shownType",
                                type,
                                "file",
                                old.file()),
                        Say.of("ssh.host-key-changed.next", "host", target.hostKeyName(), "file", old.file()),
                        e);
            }
            case KNOWN ->
                throw new UnexpectedOutput(
                        Say.of("ssh.host-key-unproven", "host", spec.name(), "why", String.valueOf(e.getMessage())),
                        Say.of("ssh.host-key-unproven.next", "host", spec.name()),
                        e);
            case UNKNOWN -> {
                if (target.neverNew() || !target.trustNew() && !asker.trust(spec, type, fingerprint)) {
                    throw new SignInRefused(
                            Say.of("ssh.host-key-refused", "host", spec.name(), "type", type, "shown", fingerprint),
                            Say.of("ssh.host-key-refused.next", "host", spec.name()),
                            e);
                }
                trusted.add(new KnownHosts.Entry("", target.hostKeyName(), type, key, Path.of("")));
                try {
                    known.add(target.hostKeyName(), type, key, target.hashKnown());
                } catch (IOException unwritable) {
                    LoggerFactory.getLogger(Opening.class)
                            .warn(
                                    "the key of {} is trusted until the program ends: {}",
                                    spec.name(),
                                    unwritable.toString());
                }
            }
        }
    }

    private Failure failure(Target target, SignIn signIn, JSchException e) {
        if (signIn.onlyRoot()) {
            return new SignInRefused(
                    Say.of("ssh.sign-in-closed", "host", spec.name(), "user", target.user(), "said", signIn.said()),
                    Say.of("ssh.sign-in-closed.next", "host", spec.name(), "user", target.user()),
                    e);
        }
        var offers = OFFERS.matcher(String.valueOf(e.getMessage()));
        if (offers.find()) {
            remembered.forgetPassword();
            var tried = signIn.tried();
            return new SignInRefused(
                    Say.of(
                            "ssh.sign-in-refused",
                            "host",
                            spec.name(),
                            "user",
                            target.user(),
                            "offers",
                            offers.group(1).replace(",", ", "),
                            "tried",
                            tried.isEmpty() ? List.of(Say.of("ssh.tried-nothing")) : tried),
                    Say.of("ssh.sign-in-refused.next", "host", spec.name(), "user", target.user()),
                    e);
        }
        if (e instanceof JSchAlgoNegoFailException) {
            return new UnexpectedOutput(
                    Say.of("ssh.no-common-algorithm", "host", spec.name(), "why", String.valueOf(e.getMessage())),
                    Say.of("ssh.no-common-algorithm.next", "host", spec.name()),
                    e);
        }
        return unreachable(target, e);
    }

    private Unreachable unreachable(Target target, JSchException e) {
        return new Unreachable(
                Say.of(
                        "ssh.unreachable",
                        "host",
                        spec.name(),
                        "address",
                        target.host(),
                        "port",
                        target.port(),
                        "why",
                        why(e)),
                Say.of("ssh.unreachable.next", "host", spec.name(), "port", target.port()),
                e);
    }

    private static Say why(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            var key = switch (t) {
                case UnknownHostException u -> "ssh.why-unknown-name";
                case NoRouteToHostException n -> "ssh.why-no-route";
                case SocketTimeoutException s -> "ssh.why-silent";
                case TimeoutException s -> "ssh.why-silent";
                case ConnectException c when String.valueOf(c.getMessage()).contains("refused") -> "ssh.why-refused";
                case JSchException j when String.valueOf(j.getMessage()).contains("timeout") -> "ssh.why-silent";
                case JSchException j
                when String.valueOf(j.getMessage()).contains("closed by foreign host") -> "ssh.why-closed";
                default -> "";
            };
            if (!key.isEmpty()) {
                return Say.of(key);
            }
        }
        return Say.of("ssh.why-other", "text", String.valueOf(e.getMessage()));
    }
}
