package io.clusterdeck.redis.build;

import io.clusterdeck.plan.Plan;
import io.clusterdeck.redis.conf.ConfWords;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.say.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * TLS on every connection of a cluster: of clients, of replicas and on the bus. Ports without it are closed.
 *
 * @param clients whether who connects to a node must show a certificate, too (tls-auth-clients)
 */
public record Encryption(Certificates certificates, Clients clients) {

    /** Days that a certificate of ours lasts, where nothing else is said: as long as others take one at most. */
    public static final int DAYS = 825;

    /** The authority and the certificate of who signs in from this computer, in its folder. */
    public static final String AUTHORITY = "ca.crt";

    public static final String AUTHORITY_KEY = "ca.key";
    public static final String CLIENT = "client.crt";
    public static final String CLIENT_KEY = "client.key";

    public enum Clients {
        NO,
        OPTIONAL,
        YES;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where the nodes' certificates come from. */
    public sealed interface Certificates {

        /** Made by a private authority of this computer, one for each host. */
        record Made(int days) implements Certificates {}

        /** Files of this computer; {@code {host}} in a path stands for the host's name. They are copied to the hosts. */
        record Here(String ca, String certificate, String key, Ours ours) implements Certificates {}

        /**
         * Files that lie ready on every host.
         *
         * @param trust the authority's certificate on this computer
         */
        record OnHosts(String ca, String certificate, String key, String trust, Ours ours) implements Certificates {}
    }

    /** With what this computer signs in, where nodes ask for a certificate: files of it, empty for none. */
    public record Ours(String certificate, String key) {}

    /** Whether the certificates are given to the hosts by us. */
    boolean brought() {
        return !(certificates instanceof Certificates.OnHosts);
    }

    /**
     * How this computer speaks with the nodes.
     *
     * @param folder of the authority that is ours
     */
    Tls here(Path folder) {
        return switch (certificates) {
            case Certificates.Made made ->
                clients == Clients.NO
                        ? tls(folder.resolve(AUTHORITY).toString(), new Ours("", ""))
                        : tls(
                                folder.resolve(AUTHORITY).toString(),
                                new Ours(
                                        folder.resolve(CLIENT).toString(),
                                        folder.resolve(CLIENT_KEY).toString()));
            case Certificates.Here files -> tls(files.ca(), files.ours());
            case Certificates.OnHosts files -> tls(files.trust(), files.ours());
        };
    }

    private static Tls tls(String authority, Ours ours) {
        return new Tls(Builders.here(authority), Builders.here(ours.certificate()), Builders.here(ours.key()));
    }

    /** How TLS is spoken on a host: with the files of its nodes, and a certificate only where one is wanted. */
    Tls there(String root) {
        var files = files(root);
        return clients == Clients.YES
                ? new Tls(files.get(0), files.get(1), files.get(2))
                : new Tls(files.get(0), "", "");
    }

    /** Authority, certificate and key on a host. */
    private List<String> files(String root) {
        var folder = root + "/tls/";
        return certificates instanceof Certificates.OnHosts there
                ? List.of(there.ca(), there.certificate(), there.key())
                : List.of(folder + AUTHORITY, folder + "node.pem", folder + "node.pem");
    }

    /** What redis.conf says of it, but for the port. One file holds certificate and key, so that both change in one step. */
    Map<String, List<String>> directives(String root) {
        var files = files(root);
        var directives = new LinkedHashMap<String, List<String>>();
        directives.put("tls-ca-cert-file", List.of(ConfWords.quoted(files.get(0))));
        directives.put("tls-cert-file", List.of(ConfWords.quoted(files.get(1))));
        directives.put("tls-key-file", List.of(ConfWords.quoted(files.get(2))));
        directives.put("tls-auth-clients", List.of(clients.word()));
        directives.put("tls-replication", List.of("yes"));
        directives.put("tls-cluster", List.of("yes"));
        return directives;
    }

    /** The plan with what this costs; the authority is made when it begins, where there is none yet. */
    Plan costing(Plan plan, Path folder) {
        var sealed = plan.costing(Say.of("build.cost.tls", "ca", here(folder).authority()));
        return certificates instanceof Certificates.Made made && !Files.exists(folder.resolve(AUTHORITY))
                ? sealed.costing(Say.of("build.cost.authority", "folder", folder, "days", made.days()), Plan.BEGUN)
                : sealed;
    }
}
