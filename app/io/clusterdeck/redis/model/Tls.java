package io.clusterdeck.redis.model;

/**
 * How this computer speaks TLS with the nodes of a cluster: PEM files of this computer. The nodes' certificates are checked against the
 * authority; their names are not, since nodes are reached under several addresses and through their hosts.
 *
 * @param authority the certificate of whoever signed the nodes' certificates
 * @param certificate shown to nodes that want one (tls-auth-clients); empty for none
 * @param key of that certificate, PKCS#8 without a passphrase; empty for none
 */
public record Tls(String authority, String certificate, String key) {}
