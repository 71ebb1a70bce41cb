package io.clusterdeck.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.KeyPair;
import com.jcraft.jsch.SSHAgentConnector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Vector;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The keys to try, in order: the agent's that are also files for this host, the files, the agent's others. */
final class Keys {

    private final SignIn signIn;
    private final Target target;

    Keys(SignIn signIn, Target target) {
        this.signIn = signIn;
        this.target = target;
    }

    Vector<Identity> collect() {
        var files = new ArrayList<KeyFile>();
        for (var file : target.keys()) {
            try {
                files.add(new KeyFile(file, KeyPair.load(new JSch(), file.toString())));
            } catch (JSchException unusable) {
                signIn.note("ssh.tried-unusable-key", "key", file, "why", String.valueOf(unusable.getMessage()));
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
            LoggerFactory.getLogger(Keys.class).debug("no agent at {}", target.agent(), none);
            signIn.note("ssh.tried-no-agent", "socket", target.agent());
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
            signIn.note("ssh.tried-agent-key", "key", key.getName());
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
            var known = signIn.remembered.passphrases.get(file.toString());
            if (known != null && pair.isEncrypted()) {
                pair.decrypt(known.reveal().getBytes(StandardCharsets.UTF_8));
            }
            for (int i = 0; pair.isEncrypted() && i < SignIn.MOST_QUESTIONS; i++) {
                var passphrase = signIn.ask(Asker.Kind.PASSPHRASE, file.toString(), i > 0);
                if (passphrase.isEmpty()) {
                    signIn.note("ssh.tried-locked-key", "key", file);
                    return false;
                }
                if (pair.decrypt(passphrase.get().reveal().getBytes(StandardCharsets.UTF_8))) {
                    signIn.remembered.passphrases.put(file.toString(), passphrase.get());
                }
            }
            if (pair.isEncrypted()) {
                signIn.note("ssh.tried-locked-key", "key", file);
            }
            return !pair.isEncrypted();
        }

        @Override
        public String getAlgName() {
            signIn.note("ssh.tried-key", "key", file);
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
}
