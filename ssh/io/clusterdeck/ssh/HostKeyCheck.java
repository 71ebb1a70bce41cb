package io.clusterdeck.ssh;

import com.jcraft.jsch.HostKey;
import com.jcraft.jsch.HostKeyRepository;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.UserInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Compares the key that a host shows with what known_hosts says, and keeps what was found for the failure to tell. */
final class HostKeyCheck implements HostKeyRepository {

    enum Found {
        KNOWN,
        UNKNOWN,
        CHANGED,
        REVOKED
    }

    private final List<KnownHosts.Entry> entries;
    private byte @Nullable [] shown;
    private Found found = Found.UNKNOWN;

    HostKeyCheck(List<KnownHosts.Entry> entries) {
        this.entries = entries;
    }

    /** The key that the host showed; null when it came to none. */
    byte @Nullable [] shown() {
        return shown;
    }

    Found found() {
        return found;
    }

    /** The known keys of the host, those of the shown key's type first. */
    List<KnownHosts.Entry> known() {
        var type = shown == null ? "" : KnownHosts.type(shown);
        return plain().stream()
                .sorted((a, b) ->
                        Boolean.compare(b.type().equals(type), a.type().equals(type)))
                .toList();
    }

    private List<KnownHosts.Entry> plain() {
        return entries.stream().filter(e -> e.marker().isEmpty()).toList();
    }

    @Override
    public int check(String host, byte[] key) {
        shown = key.clone();
        boolean revoked = entries.stream().anyMatch(e -> e.marker().equals("@revoked") && Arrays.equals(e.key(), key));
        found = revoked
                ? Found.REVOKED
                : plain().isEmpty()
                        ? Found.UNKNOWN
                        : plain().stream().anyMatch(e -> Arrays.equals(e.key(), key)) ? Found.KNOWN : Found.CHANGED;
        return switch (found) {
            case KNOWN -> OK;
            case UNKNOWN -> NOT_INCLUDED;
            case CHANGED, REVOKED -> CHANGED;
        };
    }

    @Override
    public HostKey[] getHostKey() {
        return keys(null);
    }

    @Override
    public HostKey[] getHostKey(@Nullable String host, @Nullable String type) {
        return keys(type);
    }

    private HostKey[] keys(@Nullable String type) {
        var keys = new ArrayList<HostKey>();
        for (var e : entries) {
            if (type == null || type.equals(e.type())) {
                try {
                    keys.add(new HostKey(e.marker(), e.names(), HostKey.GUESS, e.key(), ""));
                } catch (JSchException unknownType) {
                    LoggerFactory.getLogger(HostKeyCheck.class)
                            .debug(
                                    "a key of an unknown type: {}",
                                    Base64.getEncoder().encodeToString(e.key()),
                                    unknownType);
                }
            }
        }
        return keys.toArray(HostKey[]::new);
    }

    @Override
    public void add(HostKey key, UserInfo userInfo) {}

    @Override
    public void remove(String host, String type) {}

    @Override
    public void remove(String host, String type, byte[] key) {}

    @Override
    public String getKnownHostsRepositoryID() {
        return "known_hosts";
    }
}
