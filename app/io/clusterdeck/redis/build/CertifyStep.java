package io.clusterdeck.redis.build;

import io.clusterdeck.plan.FileDiff;
import io.clusterdeck.plan.Ground;
import io.clusterdeck.plan.StepId;
import io.clusterdeck.plan.StepSpec;
import io.clusterdeck.plan.Verdict;
import io.clusterdeck.redis.build.Encryption.Certificates;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.conf.Packed;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.tls.Authority;
import io.clusterdeck.redis.tls.Pem;
import io.clusterdeck.redis.tls.Trust;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Exit;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.Line;
import io.clusterdeck.ssh.RemotePath;
import io.clusterdeck.ssh.Script;
import io.clusterdeck.ssh.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The certificates of a host's nodes. Those that are made get their key on this computer when the step runs; it goes to the host over stdin
 * and is kept there alone. A certificate that is there is good as long as it is the authority's, names every address, and lasts a while.
 */
final class CertifyStep extends HostStep {

    /** A certificate that ends sooner is made anew; of one that never lasted that long, the last third. */
    static final Duration SOON = Duration.ofDays(30);

    CertifyStep(StepId id, HostName on, StepSpec spec) {
        super(id, on, spec);
    }

    /** The data of the step that are about certificates. */
    static Map<String, String> args(Encryption tls, HostName host, Path authority) {
        var args = new HashMap<>(Map.of("how", "made", "authority", authority.toString(), "days", ""));
        args.putAll(Map.of("node_ca", "", "node_certificate", "", "node_key", ""));
        switch (tls.certificates()) {
            case Certificates.Made made -> args.put("days", String.valueOf(made.days()));
            case Certificates.Here here -> {
                args.put("how", "here");
                args.put("node_ca", Certifying.file(here.ca(), host));
                args.put("node_certificate", Certifying.file(here.certificate(), host));
                args.put("node_key", Certifying.file(here.key(), host));
            }
            case Certificates.OnHosts there -> {
                args.put("how", "hosts");
                args.put("node_ca", there.ca());
                args.put("node_certificate", there.certificate());
                args.put("node_key", there.key());
            }
        }
        return args;
    }

    private boolean made() {
        return arg("how").equals("made");
    }

    private Script certify(String verb) {
        return arg("how").equals("hosts")
                ? script("certify", "reads", "root", "owner", "node_ca", "node_certificate", "node_key")
                : script("certify", verb, "root", "owner");
    }

    private List<String> names() {
        return Arrays.asList(arg("names").split(" "));
    }

    @Override
    public List<String> commands() {
        return List.of(command(certify("write")));
    }

    /** What the files will hold, but for keys. */
    @Override
    public List<FileDiff> edits() {
        if (arg("how").equals("hosts")) {
            return List.of();
        }
        var folder = new RemotePath(arg("root")).child("tls");
        var node = made()
                ? "CN = " + on() + "\nsubjectAltName = " + String.join(", ", names()) + "\ndays = " + arg("days") + "\n"
                : "certificate = " + arg("node_certificate") + "\nkey = " + arg("node_key") + "\n";
        var ca = made() ? arg("ca") : arg("node_ca");
        return List.of(
                new FileDiff(folder.child(Encryption.AUTHORITY), null, "certificate = " + ca + "\n"),
                new FileDiff(folder.child("node.pem"), null, node));
    }

    @Override
    public Verdict check(Ground ground) throws Failure, InterruptedException {
        var look = look(ground);
        var verdict = file(look);
        var others = verdict instanceof Verdict.Done ? others(ground, look) : List.<Member>of();
        return others.isEmpty()
                ? verdict
                : new Verdict.Needed(Say.of("build.certify.old", "n", others.size(), "nodes", names(others)));
    }

    /** What is wrong with files that are to lie ready here, before anything is changed. */
    Optional<Say> wrong(Ground ground) throws Failure, InterruptedException {
        return arg("how").equals("hosts") && file(look(ground)) instanceof Verdict.Blocked blocked
                ? Optional.of(blocked.why())
                : Optional.empty();
    }

    private static List<NodeAddress> names(List<Member> members) {
        return members.stream().map(Member::address).toList();
    }

    private Exit look(Ground ground) throws Failure, InterruptedException {
        var ports = Members.of(arg("members")).on(on()).stream()
                .map(m -> String.valueOf(m.port()))
                .collect(Collectors.joining(" "));
        return ask(ground, certify("look").with("ports", ports));
    }

    /** The nodes that run here and do not show what the file holds. */
    private List<Member> others(Ground ground, Exit look) throws Failure, InterruptedException {
        var listening = look.all("listens");
        var here = Members.of(arg("members")).on(on()).stream()
                .filter(m -> listening.contains(String.valueOf(m.port())))
                .toList();
        return new Served(spec(), ground).others(here, chain(look).getFirst());
    }

    private List<X509Certificate> chain(Exit look) throws NotAllowed {
        try {
            return Pem.certificates(look.fact("certificate").orElse(""));
        } catch (GeneralSecurityException broken) {
            throw unusable(broken);
        }
    }

    /** What the files say. */
    private Verdict file(Exit look) throws Failure {
        for (var how : List.of("missing", "unreadable")) {
            var path = look.fact(how);
            if (path.isPresent()) {
                return blocked(Say.of(
                        how.equals("missing") ? "build.certify.not-there" : "build.certify.unreadable",
                        "path",
                        path.get(),
                        "user",
                        look.fact("account").orElse("?")));
            }
        }
        try {
            var chain = chain(look);
            boolean ours = !arg("how").equals("hosts")
                    && look.fact("ca").orElse("").strip().equals(authority().strip());
            if (arg("how").equals("here")) {
                return ours
                                && look.fact("sum")
                                        .filter(Packed.sha256(brought().getBytes(StandardCharsets.UTF_8))::equals)
                                        .isPresent()
                        ? lasts(chain)
                        : new Verdict.Needed(Say.of("build.certify.missing"));
            }
            if (chain.isEmpty()) {
                return made()
                        ? new Verdict.Needed(Say.of("build.certify.missing"))
                        : blocked(Say.of("build.certify.none", "path", arg("node_certificate")));
            }
            var wrong = Trust.in(Path.of(arg("ca"))).wrong(chain, Trust.ANY, names());
            if (!made()) {
                return wrong.isPresent()
                        ? blocked(Say.of("build.certify.wrong", "path", arg("node_certificate"), "why", wrong.get()))
                        : there(look, chain);
            }
            return wrong.isEmpty() && ours && !due(chain.getFirst(), Instant.now(), life())
                    ? lasts(chain)
                    : new Verdict.Needed(
                            Say.of("build.certify.renew", "why", wrong.isPresent() ? wrong.get() : ends(chain)));
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(unusable);
        }
    }

    /** The other two files that lie ready: nodes judge each other by that authority, and none starts with another's key. */
    private Verdict there(Exit look, List<X509Certificate> chain) throws IOException, GeneralSecurityException {
        var authority = look.fact("ca").orElse("");
        if (authority.isBlank()) {
            return blocked(Say.of("build.certify.none", "path", arg("node_ca")));
        }
        var wrong = Trust.of(authority).wrong(chain, Trust.ANY, names());
        if (wrong.isPresent()) {
            return blocked(Say.of("build.certify.authority", "path", arg("node_ca"), "why", wrong.get()));
        }
        var ours = arg("certificate");
        if (!ours.isEmpty()) {
            var refused = Trust.of(authority).wrongOfOurs(Pem.certificates(Files.readString(Path.of(ours))));
            if (refused.isPresent()) {
                return blocked(
                        Say.of("build.certify.client", "path", arg("node_ca"), "file", ours, "why", refused.get()));
            }
        }
        var key = look.fact("key").map(k -> Say.of("tls.key." + k));
        return key.isPresent()
                ? blocked(Say.of("build.certify.key", "path", arg("node_key"), "why", key.get()))
                : lasts(chain);
    }

    private static Verdict lasts(List<X509Certificate> chain) {
        return new Verdict.Done(ends(chain));
    }

    private static Say ends(List<X509Certificate> chain) {
        return Say.of(
                "build.certify.until", "at", chain.getFirst().getNotAfter().toInstant());
    }

    /** Whether so little is left of a certificate that it is made anew. */
    static boolean due(X509Certificate certificate, Instant now, Duration life) {
        var third = life.dividedBy(3);
        var end = certificate.getNotAfter().toInstant();
        return now.plus(third.compareTo(SOON) < 0 ? third : SOON).isAfter(end);
    }

    private Duration life() {
        return Duration.ofDays(Long.parseLong(arg("days")));
    }

    private static Verdict blocked(Say why) {
        return new Verdict.Blocked(why, next(why));
    }

    @Override
    public void apply(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        if (!(file(look(ground)) instanceof Verdict.Done)) {
            write(ground, live);
        }
        new Served(spec(), ground).renew(others(ground, look(ground)));
    }

    private void write(Ground ground, Consumer<Line> live) throws Failure, InterruptedException {
        try {
            var node = made() ? issued() : brought();
            var write = certify("write").secret("node", packed(node)).secret("ca", packed(authority()));
            run(ground, write, live);
        } catch (IOException | GeneralSecurityException unusable) {
            throw unusable(unusable);
        }
    }

    /** A new key and its certificate. */
    private String issued() throws IOException, GeneralSecurityException {
        var folder = Path.of(arg("authority"));
        var authority = Authority.of(
                Files.readString(folder.resolve(Encryption.AUTHORITY)),
                Secret.of(Files.readString(folder.resolve(Encryption.AUTHORITY_KEY))));
        var issued = authority.issue(on().value(), names(), Instant.now(), life());
        return issued.key().reveal() + issued.text();
    }

    private String brought() throws IOException {
        return text("node_key") + text("node_certificate");
    }

    private String authority() throws IOException {
        return text(made() ? "ca" : "node_ca");
    }

    private String text(String arg) throws IOException {
        var text = Files.readString(Path.of(arg(arg)));
        return text.endsWith("\n") ? text : text + "\n";
    }

    private static Secret packed(String text) {
        return Secret.of(Packed.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private NotAllowed unusable(Exception why) {
        var file = made() ? arg("authority") : arg("node_certificate");
        return new NotAllowed(
                Say.of("build.certify.unusable", "file", file, "why", String.valueOf(why)),
                Say.of("build.certify.unusable.next"),
                why);
    }
}
