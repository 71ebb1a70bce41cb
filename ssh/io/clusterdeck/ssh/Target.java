package io.clusterdeck.ssh;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to sign in, when the operator's wishes and the ssh configuration have been put together; the operator's come first.
 *
 * @param hostKeyName the name under which its key is known: {@code host}, {@code [host]:port} or the HostKeyAlias
 * @param keys private key files to try, those that exist
 * @param onlyThese whether the agent may offer no other keys than these
 * @param jumps hosts to go through, in order, as {@code [user@]host[:port]} or aliases
 * @param known known_hosts files, the first of which is written
 * @param trustNew whether the configuration lets new hosts in unasked (StrictHostKeyChecking accept-new or no)
 * @param neverNew whether it lets no new host in (StrictHostKeyChecking yes)
 */
record Target(
        String host,
        int port,
        String user,
        String hostKeyName,
        List<Path> keys,
        boolean onlyThese,
        @Nullable Path agent,
        List<String> jumps,
        List<Path> known,
        boolean hashKnown,
        boolean trustNew,
        boolean neverNew) {

    private static final List<String> USUAL_KEYS = List.of("id_rsa", "id_ecdsa", "id_ed25519");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:ssh://)?(?:([^@/]+)@)?(?:\\[([^]]+)]|([^:/]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*))(?::([0-9]+))?/?");
    /** The usual way to write a jump host before ProxyJump existed. */
    private static final Pattern W_COMMAND = Pattern.compile(
            "ssh\\s+(?:-q\\s+)?-W\\s+\\[?%h]?:%p\\s+(\\S+)|ssh\\s+(?:-q\\s+)?(\\S+)\\s+-W\\s+\\[?%h]?:%p");

    static Target of(HostSpec spec, SshFiles files) throws NotAllowed {
        var config = SshConfig.of(spec.address(), files);
        var user = spec.user() != null ? spec.user() : config.get("user").orElse(System.getProperty("user.name"));
        int port = spec.port() != 0
                ? spec.port()
                : config.get("port")
                        .filter(p -> p.matches("[0-9]{1,5}"))
                        .map(Integer::parseInt)
                        .orElse(22);
        var host = SshConfig.tokens(config.get("hostname").orElse(spec.address()), spec.address(), port, user)
                .toLowerCase(Locale.ROOT);
        var alias = config.get("hostkeyalias").map(a -> a.toLowerCase(Locale.ROOT));
        var given = spec.keys().isEmpty() ? config.all("identityfile") : spec.keys();
        var strict = config.get("stricthostkeychecking").orElse("ask").toLowerCase(Locale.ROOT);
        return new Target(
                host,
                port,
                user,
                alias.orElse(port == 22 ? host : "[" + host + "]:" + port),
                keys(given, files, host, port, user),
                config.yes("identitiesonly"),
                agent(config, files, host, port, user),
                jumps(spec, config),
                known(config, files, host, port, user),
                config.yes("hashknownhosts"),
                List.of("accept-new", "no", "off").contains(strict),
                strict.equals("yes"));
    }

    private static List<Path> keys(List<String> given, SshFiles files, String host, int port, String user) {
        var paths = given.isEmpty()
                ? USUAL_KEYS.stream().map(files.user()::resolve).toList()
                : given.stream()
                        .filter(k -> !k.equalsIgnoreCase("none"))
                        .map(k -> SshFiles.home().resolve(SshConfig.tilde(SshConfig.tokens(k, host, port, user))))
                        .toList();
        return paths.stream().filter(Files::isReadable).distinct().toList();
    }

    private static @Nullable Path agent(SshConfig config, SshFiles files, String host, int port, String user) {
        var named = config.get("identityagent").orElse("SSH_AUTH_SOCK");
        return switch (named) {
            case "none" -> null;
            case "SSH_AUTH_SOCK", "$SSH_AUTH_SOCK" -> files.agent();
            default -> Path.of(SshConfig.tilde(SshConfig.tokens(named, host, port, user)));
        };
    }

    private static List<Path> known(SshConfig config, SshFiles files, String host, int port, String user) {
        var known = new ArrayList<Path>();
        var users = config.all("userknownhostsfile");
        if (users.isEmpty()) {
            known.add(files.user().resolve("known_hosts"));
            known.add(files.user().resolve("known_hosts2"));
        } else {
            users.stream()
                    .filter(f -> !f.equals("none"))
                    .map(f -> SshFiles.home().resolve(SshConfig.tilde(SshConfig.tokens(f, host, port, user))))
                    .forEach(known::add);
        }
        var systems = config.all("globalknownhostsfile");
        if (systems.isEmpty()) {
            known.add(files.system().resolve("ssh_known_hosts"));
            known.add(files.system().resolve("ssh_known_hosts2"));
        } else {
            systems.stream().filter(f -> !f.equals("none")).map(Path::of).forEach(known::add);
        }
        return known;
    }

    private static List<String> jumps(HostSpec spec, SshConfig config) throws NotAllowed {
        if (spec.jump() != null) {
            return List.of(spec.jump().split("\\s*,\\s*"));
        }
        var jump = config.get("proxyjump");
        if (jump.isPresent()) {
            return jump.get().equals("none") ? List.of() : List.of(jump.get().split("\\s*,\\s*"));
        }
        var command = String.join(" ", config.all("proxycommand"));
        if (command.isEmpty() || command.equals("none")) {
            return List.of();
        }
        var w = W_COMMAND.matcher(command);
        if (!w.matches()) {
            throw new NotAllowed(
                    Say.of("ssh.proxy-command", "host", spec.name(), "command", command),
                    Say.of("ssh.proxy-command.next"));
        }
        return List.of(w.group(1) != null ? w.group(1) : w.group(2));
    }

    /** A jump host as a spec of its own; what it does not say comes from the ssh configuration. */
    static HostSpec jump(String text) {
        var m = ADDRESS.matcher(text);
        if (!m.matches()) {
            return HostSpec.of(text);
        }
        var address = m.group(2) != null ? m.group(2) : m.group(3);
        int port = m.group(4) == null ? 0 : Integer.parseInt(m.group(4));
        return new HostSpec(new HostName(text), address, port, m.group(1), List.of(), null, true);
    }

    /** The last of several jump hosts, {@code a,b}: b, reached through a. */
    static HostSpec lastJump(String text) {
        int comma = text.lastIndexOf(',');
        var last = jump(text.substring(comma + 1).strip());
        return comma < 0
                ? last
                : new HostSpec(
                        new HostName(text),
                        last.address(),
                        last.port(),
                        last.user(),
                        last.keys(),
                        text.substring(0, comma).strip(),
                        true);
    }
}
