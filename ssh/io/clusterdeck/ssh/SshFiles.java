package io.clusterdeck.ssh;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where OpenSSH's files are on this computer.
 *
 * @param user the folder that is usually {@code ~/.ssh}
 * @param system the folder that is usually {@code /etc/ssh}
 * @param agent the agent's socket; null when there is none
 */
public record SshFiles(Path user, Path system, @Nullable Path agent) {

    /** This user's; the system property {@code clusterdeck.ssh} names another folder than {@code ~/.ssh}. */
    public static SshFiles present() {
        var folder = System.getProperty("clusterdeck.ssh");
        var socket = System.getenv("SSH_AUTH_SOCK");
        return new SshFiles(
                folder == null ? home().resolve(".ssh") : Path.of(folder),
                Path.of("/etc/ssh"),
                socket == null || socket.isEmpty() ? null : Path.of(socket));
    }

    static Path home() {
        return Path.of(System.getProperty("user.home"));
    }
}
