package io.clusterdeck.deck;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Asker;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Secrets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers from what is kept or was answered before, and asks a person for the rest: once for each secret, however many threads want it. */
final class Answers implements Questions {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Questions person;
    private final Secrets kept;
    private final Map<String, Secret> given;
    private final ReentrantLock asking = new ReentrantLock();
    /** Of the given ones, those of drafts that nobody has started. */
    private final Set<String> typed = ConcurrentHashMap.newKeySet();

    Answers(Questions person, Secrets kept) {
        this(person, kept, new ConcurrentHashMap<>());
    }

    private Answers(Questions person, Secrets kept, Map<String, Secret> given) {
        this.person = person;
        this.kept = kept;
        this.given = given;
    }

    /** The same answers, with somebody else to ask for a host's secrets: who thinks about one holds up nobody else. */
    Answers through(Asker asker) {
        var other = new Questions() {
            @Override
            public boolean trust(HostSpec host, String keyType, String fingerprint) throws InterruptedException {
                return asker.trust(host, keyType, fingerprint);
            }

            @Override
            public Optional<Secret> secret(Want want) throws InterruptedException {
                return asker.secret(want);
            }

            @Override
            public Optional<Secret> password(String cluster, boolean again) throws InterruptedException {
                return person.password(cluster, again);
            }
        };
        return new Answers(other, kept, given);
    }

    static String clusterKey(String cluster, String secret) {
        return "clusters/" + cluster + "/" + secret;
    }

    /** By the account that is signed in to: another cluster may call another machine by the same name. */
    static String hostKey(HostSpec host, Kind kind) {
        var user = host.user() == null ? "" : host.user() + "@";
        var jump = host.jump() == null ? "" : host.jump() + ">";
        return "hosts/" + jump + user + host.address() + ":" + host.port() + "/"
                + kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public boolean trust(HostSpec host, String keyType, String fingerprint) throws InterruptedException {
        return person.trust(host, keyType, fingerprint);
    }

    @Override
    public Optional<Secret> secret(Want want) throws InterruptedException {
        var key = hostKey(want.host(), want.kind()) + (want.kind() == Kind.PASSPHRASE ? "/" + want.what() : "");
        return answer(key, want.again(), () -> person.secret(want));
    }

    @Override
    public Optional<Secret> password(String cluster, boolean again) throws InterruptedException {
        return answer(clusterKey(cluster, "requirepass"), again, () -> person.password(cluster, again));
    }

    @Override
    public void waits(Say why) {
        person.waits(why);
    }

    /** What is known without asking. */
    Optional<Secret> known(String key) {
        var before = given.get(key);
        if (before != null) {
            return Optional.of(before);
        }
        try {
            return kept.get(key);
        } catch (Failure unreadable) {
            LOG.warn("{} can't be read from the kept secrets: {}", key, unreadable.what());
            return Optional.empty();
        }
    }

    /** All that are known now, so that they can be taken out of what leaves this computer. */
    List<Secret> everySecret() {
        var all = new ArrayList<>(given.values());
        try {
            for (var name : kept.names()) {
                kept.get(name).ifPresent(all::add);
            }
        } catch (Failure unreadable) {
            LOG.warn("the kept secrets can't be read: {}", unreadable.what());
        }
        return all;
    }

    /** What is kept under names that begin so, whichever process kept it: another one may know better than who typed here. */
    Map<String, Secret> kept(String beginning) {
        var found = new TreeMap<String, Secret>();
        try {
            for (var name : kept.names()) {
                if (name.startsWith(beginning)) {
                    kept.get(name).ifPresent(secret -> found.put(name, secret));
                }
            }
        } catch (Failure unreadable) {
            LOG.warn("{} can't be read from the kept secrets: {}", beginning, unreadable.what());
        }
        return found;
    }

    /** Known from now on, for this process. */
    void remember(String key, Secret secret) {
        given.put(key, secret);
    }

    /** What somebody typed for a draft now: what was typed before, and is not any more, is forgotten. */
    void type(String key, Optional<Secret> secret) {
        if (secret.isPresent()) {
            remember(key, secret.get());
            typed.add(key);
        } else if (typed.remove(key)) {
            given.remove(key);
        }
    }

    /** What was typed or answered for a cluster that is not kept is nobody else's who is looked for by its name. */
    void forgetGiven(String cluster) {
        given.keySet().removeIf(key -> key.startsWith(clusterKey(cluster, "")));
    }

    /** Known from now on, and kept. */
    void keep(String key, Secret secret) throws Failure {
        remember(key, secret);
        kept.keep(key, secret);
    }

    /** All that is known of a cluster, by key. */
    Map<String, Secret> of(String cluster) throws Failure {
        var names = new HashSet<>(given.keySet());
        names.addAll(kept.names());
        var all = new HashMap<String, Secret>();
        names.stream()
                .filter(n -> n.startsWith(clusterKey(cluster, "")))
                .forEach(n -> known(n).ifPresent(s -> all.put(n, s)));
        return all;
    }

    void forget(String key) throws Failure {
        given.remove(key);
        kept.forget(key);
    }

    private interface Question {
        Optional<Secret> ask() throws InterruptedException;
    }

    /** One question at a time; what is known waits for nobody. */
    private Optional<Secret> answer(String key, boolean again, Question question) throws InterruptedException {
        var known = again ? Optional.<Secret>empty() : known(key);
        if (known.isPresent()) {
            return known;
        }
        asking.lockInterruptibly();
        try {
            var meanwhile = again ? Optional.<Secret>empty() : known(key);
            if (meanwhile.isPresent()) {
                return meanwhile;
            }
            var answer = question.ask();
            answer.ifPresentOrElse(secret -> given.put(key, secret), () -> given.remove(key));
            return answer;
        } finally {
            asking.unlock();
        }
    }
}
