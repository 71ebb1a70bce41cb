package io.clusterdeck.ssh;

/** How a person signs in to a host from a terminal, as one line of shell. */
public final class SshLine {

    private SshLine() {}

    /** {@code ssh -p 2222 -l ops 10.0.0.1}. Not for this computer itself. */
    public static String to(HostSpec host) {
        var line = new StringBuilder("ssh");
        if (host.port() != 0) {
            line.append(" -p ").append(host.port());
        }
        if (host.user() != null) {
            line.append(" -l ").append(Quote.word(host.user()));
        }
        if (host.jump() != null) {
            line.append(" -J ").append(Quote.word(host.jump()));
        }
        host.keys().forEach(k -> line.append(" -i ").append(Quote.word(k)));
        return line.append(' ').append(Quote.word(host.address())).toString();
    }

    /**
     * The line that runs {@code command} there; the command itself where the host is this computer. It reads nothing: of lines that are
     * pasted together ssh would take those that follow for itself.
     */
    public static String run(HostSpec host, String command) {
        return host.local() ? command : to(host).replaceFirst("^ssh", "ssh -n") + " " + Quote.word(command);
    }

    /** The same with a terminal there, for what asks the person something. */
    public static String talk(HostSpec host, String command) {
        return host.local() ? command : to(host).replaceFirst("^ssh", "ssh -t") + " " + Quote.word(command);
    }
}
