package io.clusterdeck.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.UIKeyboardInteractive;
import com.jcraft.jsch.UserInfo;
import io.clusterdeck.say.Say;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * One attempt to sign in: which keys there are, what a person is asked, and what was tried, for the case that all of it is
 * refused. A passphrase is asked for only when the server wants that key.
 */
final class SignIn implements UserInfo, UIKeyboardInteractive, IdentityRepository {

    /** What a person was asked, kept in memory for the next connection to the same host; a wrong password is forgotten. */
    static final class Remembered {
        final Map<String, Secret> passphrases = new ConcurrentHashMap<>();
        /** By what was asked: an answer to one question is none to another. */
        private final Map<String, Secret> passwords = new ConcurrentHashMap<>();

        void forgetPassword() {
            passwords.clear();
        }
    }

    static final int MOST_QUESTIONS = 3;

    /** A question whose answer serves once: as the prompts of PAM's modules for second factors are worded. */
    private static final Pattern ONE_TIME =
            Pattern.compile("one.?time|code|otp|token|验证码|动态|一次性", Pattern.CASE_INSENSITIVE);

    private final HostSpec spec;
    private final Target target;
    private final Asker asker;
    final Remembered remembered;
    private final List<Say> tried = new ArrayList<>();
    private final AtomicInteger asking = new AtomicInteger();
    private final Vector<Identity> identities;
    /** What was asked in this attempt. */
    private final Set<String> prompted = new HashSet<>();

    private int questions;
    private boolean declined;
    private volatile boolean asked;
    private @Nullable Secret password;
    private volatile String said = "";

    SignIn(HostSpec spec, Target target, Asker asker, Remembered remembered) {
        this.spec = spec;
        this.target = target;
        this.asker = asker;
        this.remembered = remembered;
        this.identities = new Keys(this, target).collect();
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

    synchronized void note(String key, Object... namesAndValues) {
        var say = Say.of(key, namesAndValues);
        if (!tried.contains(say)) {
            tried.add(say);
        }
    }

    // questions

    /** Asks a person; nothing when declined, now or before. */
    Optional<Secret> ask(Asker.Kind kind, String what, boolean again) {
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

    /** @param lasts whether the answer is right the next time, too */
    private Optional<Secret> password(String prompt, boolean lasts) {
        boolean again = !prompted.add(prompt);
        var known = remembered.passwords.get(prompt);
        if (!again && known != null) {
            return Optional.of(known);
        }
        if (!spec.password() || questions++ >= MOST_QUESTIONS) {
            return Optional.empty();
        }
        var answer = ask(Asker.Kind.PASSWORD, prompt, again);
        answer.filter(a -> lasts).ifPresent(a -> remembered.passwords.put(prompt, a));
        return answer;
    }

    @Override
    public boolean promptPassword(String message) {
        var answer = password(target.user(), true);
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
            boolean lasts = !ONE_TIME.matcher(prompts[i]).find();
            boolean plain = lasts
                    && prompts.length == 1
                    && prompts[i].toLowerCase(java.util.Locale.ROOT).contains("password");
            var answer = password(plain ? target.user() : prompts[i].strip(), lasts);
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
        said = message.strip();
    }

    /** What the server said to a person while signing in, such as why nobody may now; empty for nothing. */
    String said() {
        return said;
    }

    /** Whether it said that it starts and lets only root in yet (the text of systemd's /run/nologin, shown by pam_nologin). */
    boolean starting() {
        return said.contains("System is booting up");
    }

    /** Whether it lets in nobody but root, by systemd's words; what an administrator wrote into a nologin file reads like any greeting. */
    boolean onlyRoot() {
        return starting() || said.contains("System is going down") || said.contains("pam_nologin");
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
