package io.clusterdeck.redis.tls;

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** To whom a certificate is made out: its subjectAltNames (RFC 5280, 4.2.1.6). A common name is none (RFC 6125). */
public final class CertificateNames {

    private static final int DNS = 2;
    private static final int IP = 7;

    private CertificateNames() {}

    public static List<String> of(X509Certificate certificate) throws CertificateParsingException {
        var names = certificate.getSubjectAlternativeNames();
        return names == null
                ? List.of()
                : names.stream()
                        .filter(n -> n.getFirst().equals(DNS) || n.getFirst().equals(IP))
                        .map(n -> String.valueOf(n.get(1)))
                        .toList();
    }

    public static boolean covers(X509Certificate certificate, String address) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null
                && names.stream().anyMatch(n -> switch ((Integer) n.getFirst()) {
                    case DNS -> matches(String.valueOf(n.get(1)), address);
                    case IP -> sameAddress(String.valueOf(n.get(1)), address);
                    default -> false;
                });
    }

    /** A star stands for the first label, and only for that. */
    private static boolean matches(String name, String address) {
        var pattern = name.toLowerCase(Locale.ROOT);
        var host = address.toLowerCase(Locale.ROOT);
        int dot = host.indexOf('.');
        return pattern.equals(host)
                || pattern.startsWith("*.") && dot > 0 && pattern.substring(1).equals(host.substring(dot));
    }

    /** IPv6 has many spellings. */
    private static boolean sameAddress(String name, String address) {
        try {
            return InetAddress.ofLiteral(name).equals(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }
}
