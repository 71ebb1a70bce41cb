package io.clusterdeck.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import io.clusterdeck.say.Say;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One attempt to sign in: which keys there are, what a person is asked, and what was tried, for the case that all of it is
 * refused. A passphrase is asked for only when the server wants that key.
 */
final class SignIn implements UserInfo, UIKeyboardInteractive, IdentityRepository {

    /** What a person was asked, kept in memory for the next connection to the same host; a wrong password is forgotten. */
    static final class Remembered {
        private final Map<String, Secret> passphrases = new ConcurrentHashMap<>();
        private volatile @Nullable Secret password;

        void forgetPassword() {
            password = null;
        }
    }

    private static final int MOST_QUESTIONS = 3;

    private final HostSpec spec;
    private final Target target;
    private final Asker asker;
    private final Remembered remembered;
    private final List<Say> tried = new ArrayList<>();
    private final AtomicInteger asking = new AtomicInteger();
    private final Vector<Identity> identities;
    private int passwords;
    private boolean declined;
    private volatile boolean asked;
    private @Nullable Secret password;

    SignIn(HostSpec spec, Target target, Asker asker, Remembered remembered) {
        this.spec = spec;
        this.target = target;
        this.asker = asker;
        this.remembered = remembered;
        this.identities = collect();
    }

    /** Whether a person is being asked right now; such time does not count against limits. */
    boolean asking() {
        return asking.get() > 0;
    }

    /** Everything that was tried, in order. */
    synchronized List<Say> tried() {
        return List.copyOf(tried);
    }

    /** Whether a person was asked anything. */
    boolean asked() {
        return asked;
    }

    private synchronized void note(String key, Object... namesAndValues) {
        var say = Say.of(key, namesAndValues);
        if (!tried.contains(say)) {
            tried.add(say);
        }
    }

    // keys: the agent's that are also files named for this host, the files, the agent's others

    private Vector<Identity> collect() {
        var files = new ArrayList<KeyFile>();
        for (var file : target.keys()) {
            try {
                files.add(new KeyFile(file, KeyPair.load(new JSch(), file.toString())));
            } catch (JSchException unusable) {
                note("ssh.tried-unusable-key", "key", file, "why", String.valueOf(unusable.getMessage()));
            }
        }
        var agents = agentKeys();
        var all = new Vector<Identity>();
        for (var key : agents) {
            if (files.stream().anyMatch(f -> Arrays.equals(f.getPublicKeyBlob(), key.getPublicKeyBlob()))) {
                all.add(key);
            }
        }
        for (var file : files) {
            if (all.stream().noneMatch(k -> Arrays.equals(k.getPublicKeyBlob(), file.getPublicKeyBlob()))) {
                all.add(file);
            }
        }
        if (!target.onlyThese()) {
            agents.stream().filter(k -> !all.contains(k)).forEach(all::add);
        }
        return all;
    }

    private List<AgentKey> agentKeys() {
        if (target.agent() == null) {
            return List.of();
        }
        try {
            var agent = new AgentIdentityRepository(new SSHAgentConnector(target.agent()));
            return agent.getIdentities().stream().map(AgentKey::new).toList();
        } catch (AgentProxyException none) {
            LoggerFactory.getLogger(SignIn.class).debug("no agent at {}", target.agent(), none);
            note("ssh.tried-no-agent", "socket", target.agent());
            return List.of();
        }
    }

    /** A key that the agent holds. */
    private final class AgentKey extends Key {
        private final Identity key;

        AgentKey(Identity key) {
            this.key = key;
        }

        @Override
        public byte[] getPublicKeyBlob() {
            return key.getPublicKeyBlob();
        }

        @Override
        public byte @Nullable [] getSignature(byte[] data, String algorithm) {
            return key.getSignature(data, algorithm);
        }

        @Override
        public String getAlgName() {
            note("ssh.tried-agent-key", "key", key.getName());
            return key.getAlgName();
        }

        @Override
        public String getName() {
            return key.getName();
        }
    }

    /** A key in a file; says that it is not encrypted, and asks for the passphrase only when it must sign. */
    private final class KeyFile extends Key {
        private final Path file;
        private final KeyPair pair;

        KeyFile(Path file, KeyPair pair) {
            this.file = file;
            this.pair = pair;
        }

        @Override
        public byte @Nullable [] getPublicKeyBlob() {
            // an encrypted PEM file without a .pub beside it tells its public key only when opened
            if (pair.getPublicKeyBlob() == null) {
                open();
            }
            return pair.getPublicKeyBlob();
        }

        @Override
        public byte @Nullable [] getSignature(byte[] data, String algorithm) {
            return open() ? pair.getSignature(data, algorithm) : null;
        }

        private boolean open() {
            var known = remembered.passphrases.get(file.toString());
            if (known != null && pair.isEncrypted()) {
                pair.decrypt(known.reveal().getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; pair.isEncrypted() && i < MOST_QUESTIONS; i++) {
                var passphrase = ask(Asker.Kind.PASSPHRASE, file.toString(), i > 0);
                if (passphrase.isEmpty()) {
                    note("ssh.tried-locked-key", "key", file);
                    return false;
                }
                if (pair.decrypt(passphrase.get().reveal().getBytes(StandardCharsets.UTF_8))) {
                    remembered.passphrases.put(file.toString(), passphrase.get());
                }
            }
            if (pair.isEncrypted()) {
                note("ssh.tried-locked-key", "key", file);
            }
            return !pair.isEncrypted();
        }

        @Override
        public String getAlgName() {
            note("ssh.tried-key", "key", file);
            return pair.getKeyTypeString();
        }

        @Override
        public String getName() {
            return file.toString();
        }
    }

    private abstract static class Key implements Identity {
        @Override
        public boolean setPassphrase(byte @Nullable [] passphrase) {
            return true;
        }

        @Override
        public byte @Nullable [] getSignature(byte[] data) {
            return getSignature(data, getAlgName());
        }

        @Override
        public abstract byte @Nullable [] getSignature(byte[] data, String algorithm);

        @Override
        public boolean isEncrypted() {
            return false;
        }

        @Override
        public void clear() {}
    }

    // questions

    private Optional<Secret> ask(Asker.Kind kind, String what, boolean again) {
        if (declined) {
            return Optional.empty();
        }
        asked = true;
        asking.incrementAndGet();
        try {
            var answer = asker.secret(new Asker.Want(spec, kind, what, again));
            declined |= answer.isEmpty() && kind == Asker.Kind.PASSWORD;
            return answer;
        } catch (InterruptedException cancelled) {
            declined = true;
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            asking.decrementAndGet();
        }
    }

    private Optional<Secret> password(String prompt) {
        if (passwords == 0 && remembered.password != null) {
            passwords++;
            return Optional.ofNullable(remembered.password);
        }
        if (!spec.password() || passwords >= MOST_QUESTIONS) {
            return Optional.empty();
        }
        var answer = ask(Asker.Kind.PASSWORD, prompt, passwords++ > 0);
        remembered.password = answer.orElse(null);
        return answer;
    }

    @Override
    public boolean promptPassword(String message) {
        var answer = password(target.user());
        answer.ifPresent(a -> note("ssh.tried-password"));
        password = answer.orElse(null);
        return answer.isPresent();
    }

    @Override
    public @Nullable String getPassword() {
        return password == null ? null : password.reveal();
    }

    @Override
    public String @Nullable [] promptKeyboardInteractive(
            String destination, String name, String instruction, String[] prompts, boolean[] echo) {
        var answers = new String[prompts.length];
        for (int i = 0; i < prompts.length; i++) {
            boolean plain = prompts.length == 1
                    && prompts[i].toLowerCase(java.util.Locale.ROOT).contains("password");
            var answer = password(plain ? target.user() : prompts[i].strip());
            if (answer.isEmpty()) {
                return null;
            }
            note("ssh.tried-keyboard");
            if (plain) {
                password = answer.get();
            }
            answers[i] = answer.get().reveal();
        }
        return answers;
    }

    @Override
    public boolean promptPassphrase(String message) {
        return false;
    }

    @Override
    public @Nullable String getPassphrase() {
        return null;
    }

    @Override
    public boolean promptYesNo(String message) {
        return false;
    }

    @Override
    public void showMessage(String message) {
        LoggerFactory.getLogger(SignIn.class).debug("{} says: {}", spec.name(), message);
    }

    // the repository that JSch reads the keys from

    @Override
    public String getName() {
        return "keys for " + spec.name();
    }

    @Override
    public int getStatus() {
        return RUNNING;
    }

    @Override
    public Vector<Identity> getIdentities() {
        return identities;
    }

    @Override
    public boolean add(byte[] identity) {
        return false;
    }

    @Override
    public boolean remove(byte[] blob) {
        return false;
    }

    @Override
    public void removeAll() {}
}
