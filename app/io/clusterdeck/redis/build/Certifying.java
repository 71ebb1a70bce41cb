package io.clusterdeck.redis.build;

import io.clusterdeck.redis.build.Blueprint.BuildHost;
import io.clusterdeck.redis.build.Blueprint.Source;
import io.clusterdeck.redis.build.Encryption.Certificates;
import io.clusterdeck.redis.build.Members.Member;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.tls.Pem;
import io.clusterdeck.redis.tls.PrivateKeys;
import io.clusterdeck.redis.tls.Trust;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** To whom the hosts' certificates are made out, and what is wrong with files of this computer, before any host is touched. */
record Certifying(Blueprint blueprint, Encryption tls, AllFacts facts, Members members) {

    /** A host name as DNS has them. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)*");

    /** To whom a host's certificate is made out; where others made it, to whom it must be at least. */
    List<String> names(BuildHost host) {
        return tls.certificates() instanceof Certificates.Made ? every(host) : needed(host);
    }

    /** Every address on which a host's nodes are met, from elsewhere and on the host itself. */
    private List<String> every(BuildHost host) {
        var here = members.on(host.name());
        boolean any = host.bind().stream().anyMatch(Addresses::any);
        return Stream.of(
                        here.stream().map(m -> m.address().host()),
                        here.stream().map(Member::local),
                        host.bind().stream().filter(b -> !Addresses.any(b)),
                        any ? facts.of(host.name()).addresses().stream() : Stream.<String>empty(),
                        Stream.of(
                                        "127.0.0.1",
                                        "localhost",
                                        host.ssh().address(),
                                        host.name().value())
                                .filter(n -> HostReader.isAddress(n)
                                        || NAME.matcher(n).matches()))
                .flatMap(n -> n)
                .distinct()
                .sorted()
                .toList();
    }

    /** The addresses by which the cluster knows the nodes. */
    private List<String> needed(BuildHost host) {
        return members.on(host.name()).stream()
                .map(m -> m.address().host())
                .distinct()
                .toList();
    }

    /** A file of this computer, as named for a host. */
    static String file(String path, HostName host) {
        return Builders.here(path.replace("{host}", host.value()));
    }

    List<Remark> remarks() {
        var found = new ArrayList<Remark>();
        TlsPrograms.wrong(blueprint.redis().source())
                .ifPresent(file -> found.add(bad("no-tls", Say.of("build.pre.no-tls", "server", file))));
        ours().ifPresent(w -> found.add(bad("client-certificate", w)));
        for (var host : blueprint.hosts()) {
            if (members.on(host.name()).isEmpty()) {
                continue;
            }
            if (blueprint.redis().source() instanceof Source.Installed installed
                    && !facts.of(host.name()).tls()) {
                var server = installed.folder() + "/redis-server";
                found.add(bad("no-tls", Say.of("build.pre.no-tls", "server", server))
                        .at(host.name()));
            }
            if (tls.certificates() instanceof Certificates.Here files) {
                wrong(files, host)
                        .ifPresent(w -> found.add(bad("certificate", w).at(host.name())));
            }
        }
        return found;
    }

    /** What this computer shows to the nodes. By which authority they judge that, on hosts where their files lie ready, is seen there. */
    private Optional<Say> ours() {
        return switch (tls.certificates()) {
            case Certificates.Made made -> Optional.empty();
            case Certificates.Here files ->
                ours(
                        files.ours(),
                        Optional.of(
                                file(files.ca(), blueprint.hosts().getFirst().name())));
            case Certificates.OnHosts there -> ours(there.ours(), Optional.empty());
        };
    }

    private static Optional<Say> ours(Encryption.Ours ours, Optional<String> ca) {
        if (ours.certificate().isEmpty()) {
            return Optional.empty();
        }
        var certificate = Builders.here(ours.certificate());
        var key = Builders.here(ours.key());
        try {
            var chain = Pem.certificates(Files.readString(Path.of(certificate)));
            if (chain.isEmpty()) {
                return Optional.of(Say.of("build.pre.no-client-pem", "file", certificate));
            }
            var wrong =
                    ca.isPresent() ? Trust.in(Path.of(ca.get())).wrongOfOurs(chain) : Trust.untimely(chain.getFirst());
            return wrong.isPresent()
                    ? Optional.of(Say.of("build.pre.client", "file", certificate, "why", wrong.get()))
                    : PrivateKeys.wrong(chain.getFirst(), Files.readString(Path.of(key)))
                            .map(why -> Say.of("build.pre.client", "file", key, "why", why));
        } catch (NoSuchFileException | AccessDeniedException unreadable) {
            return Optional.of(Say.of("build.pre.no-client-pem", "file", unreadable.getFile()));
        } catch (IOException | GeneralSecurityException unusable) {
            return Optional.of(
                    Say.of("build.pre.client", "file", certificate, "why", String.valueOf(unusable.getMessage())));
        }
    }

    private Optional<Say> wrong(Certificates.Here files, BuildHost host) {
        var ca = file(files.ca(), host.name());
        var certificate = file(files.certificate(), host.name());
        var key = file(files.key(), host.name());
        for (var file : List.of(ca, certificate, key)) {
            if (!Files.isReadable(Path.of(file))) {
                return Optional.of(Say.of("build.pre.no-pem", "file", file));
            }
        }
        try {
            var chain = Pem.certificates(Files.readString(Path.of(certificate)));
            if (chain.isEmpty()) {
                return Optional.of(Say.of("build.pre.no-pem", "file", certificate));
            }
            var wrong = Trust.in(Path.of(ca)).wrong(chain, Trust.ANY, needed(host));
            return wrong.isPresent()
                    ? Optional.of(Say.of("build.pre.certificate", "file", certificate, "why", wrong.get()))
                    : PrivateKeys.wrong(chain.getFirst(), Files.readString(Path.of(key)))
                            .map(why -> Say.of("build.pre.key", "file", key, "why", why));
        } catch (IOException | GeneralSecurityException unusable) {
            return Optional.of(
                    Say.of("build.pre.certificate", "file", certificate, "why", String.valueOf(unusable.getMessage())));
        }
    }

    private static Remark bad(String rule, Say why) {
        return new Remark(rule, Level.BAD, Optional.empty(), why, Optional.empty());
    }
}
