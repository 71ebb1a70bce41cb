package io.clusterdeck.redis.build;

import java.net.InetAddress;

/** What kind of address a literal is. */
final class Addresses {

    private Addresses() {}

    /** Every address of the host. */
    static boolean any(String address) {
        return address.equals("0.0.0.0") || address.equals("*") || address.equals("::");
    }

    /** Whether only this host itself reaches it. */
    static boolean loopback(String address) {
        try {
            return InetAddress.ofLiteral(address).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            return address.equals("localhost");
        }
    }

    /** Whether only machines of one's own network reach it: RFC 1918, RFC 6598, RFC 4193, link-local and loopback. */
    static boolean reserved(String address) {
        InetAddress a;
        try {
            a = InetAddress.ofLiteral(address);
        } catch (IllegalArgumentException name) {
            return false;
        }
        var b = a.getAddress();
        boolean shared = b.length == 4 && (b[0] & 0xff) == 100 && (b[1] & 0xc0) == 64;
        boolean unique = b.length == 16 && (b[0] & 0xfe) == 0xfc;
        return a.isSiteLocalAddress() || a.isLinkLocalAddress() || a.isLoopbackAddress() || shared || unique;
    }
}
