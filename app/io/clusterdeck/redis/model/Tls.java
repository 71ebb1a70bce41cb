package io.clusterdeck.redis.model;

import io.clusterdeck.ssh.Quote;

/**
 * How a computer, mostly this one, speaks TLS with the nodes of a cluster: PEM files of that computer. The nodes' certificates are checked against the
 * authority, and against the address by which the cluster itself knows the node, be it reached straight or through its host.
 *
 * @param authority the certificate of whoever signed the nodes' certificates
 * @param certificate shown to nodes that want one (tls-auth-clients); empty for none
 * @param key of that certificate, without a passphrase; empty for none
 * @param names whether a certificate must be made out to the node's address; false for certificates that name no address
 */
public record Tls(String authority, String certificate, String key, boolean names) {

    /** With names that are checked. */
    public Tls(String authority, String certificate, String key) {
        this(authority, certificate, key, true);
    }

    /** As redis-cli takes it, with a blank in front. */
    public String typed() {
        var typed = new StringBuilder(" --tls --cacert ").append(Quote.word(authority));
        if (!certificate.isEmpty()) {
            typed.append(" --cert ").append(Quote.word(certificate));
        }
        if (!key.isEmpty()) {
            typed.append(" --key ").append(Quote.word(key));
        }
        return typed.toString();
    }
}
