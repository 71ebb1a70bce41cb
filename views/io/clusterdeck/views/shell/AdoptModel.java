package io.clusterdeck.views.shell;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.deck.Found;
import io.clusterdeck.deck.Search;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.model.Tls;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.SignInRefused;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.views.fx.Fx;
import io.clusterdeck.views.fx.Work;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** From the address of one node to a cluster that is kept: searched first, and shown while it is found. FX thread. */
final class AdoptModel {
    private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]\\s]+?)]?:(\\d{1,5})");

    /** A field that something is wrong with. */
    enum Field {
        ADDRESS,
        PASSWORD,
        THROUGH,
        NAME,
        NONE
    }

    /** What is wrong, and where. */
    record Trouble(Field field, Say what, Say next) {}

    final StringProperty name = new SimpleStringProperty("");
    final StringProperty address = new SimpleStringProperty("");
    final StringProperty user = new SimpleStringProperty("");
    final StringProperty password = new SimpleStringProperty("");
    final StringProperty login = new SimpleStringProperty("");
    final StringProperty key = new SimpleStringProperty("");
    final StringProperty through = new SimpleStringProperty("");
    final StringProperty configWord = new SimpleStringProperty("");
    final StringProperty authority = new SimpleStringProperty("");
    final StringProperty certificate = new SimpleStringProperty("");
    final StringProperty certificateKey = new SimpleStringProperty("");
    /** Certificates need not name the nodes' addresses. */
    final BooleanProperty anyName = new SimpleBooleanProperty();

    /** What is asked with; what was found belongs to it. */
    private final List<StringProperty> asked =
            List.of(address, user, password, login, key, through, configWord, authority, certificate, certificateKey);

    private final Deck deck;
    private final Consumer<ClusterSpec> adopted;
    private final ReadOnlyObjectWrapper<Optional<Trouble>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Found> found = new ReadOnlyObjectWrapper<>(Found.NOTHING);
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper keeping = new ReadOnlyBooleanWrapper();
    private @Nullable Search search;
    private Object wanted = new Object();
    /** After the address that was searched from last, as long as nobody wrote a name. */
    private String suggested = "";

    AdoptModel(Deck deck, Consumer<ClusterSpec> adopted) {
        this.deck = deck;
        this.adopted = adopted;
        asked.forEach(f -> f.subscribe((was, now) -> outdate()));
        anyName.subscribe((was, now) -> outdate());
    }

    /** Or a cluster would be kept, and from then on reached, otherwise than the fields say. */
    private void outdate() {
        if ((busy.get() || search != null) && !keeping.get()) {
            stop();
        }
    }

    ReadOnlyObjectProperty<Optional<Trouble>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Found> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** Whether a search is under way and may find more. */
    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty keepingProperty() {
        return keeping.getReadOnlyProperty();
    }

    /** Begins to look, from the fields; what was found before is put away. */
    void search() {
        stop();
        var matcher = ADDRESS.matcher(address.get().strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            trouble.set(Optional.of(new Trouble(
                    Field.ADDRESS,
                    Say.of("adopt.bad-address", "address", address.get()),
                    Say.of("adopt.bad-address.next"))));
            return;
        }
        var seed = new NodeAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        if (name.get().isBlank() || name.get().equals(suggested)) {
            suggested = seed.toString().replace(':', '-');
            name.set(suggested);
        }
        var now = wanted;
        busy.set(true);
        var tell = new Fx<Found>(f -> show(now, f));
        Work.<Search>begin(
                "search from " + seed,
                () -> deck.search(wish(seed), tell),
                begun -> {
                    if (now == wanted) {
                        search = begun;
                        show(now, begun.now());
                    } else {
                        close(begun);
                    }
                },
                failure -> {
                    busy.set(false);
                    trouble.set(Optional.of(new Trouble(Field.NAME, failure.what(), failure.next())));
                });
    }

    private Adoption wish(NodeAddress seed) {
        boolean tunnel = !through.get().isBlank();
        return new Adoption(
                name.get().strip(),
                seed,
                user.get().strip(),
                secret(password),
                tunnel ? Access.THROUGH_HOSTS : Access.DIRECT,
                hosts(seed),
                authority.get().isBlank()
                        ? Optional.empty()
                        : Optional.of(new Tls(
                                authority.get().strip(),
                                certificate.get().strip(),
                                certificateKey.get().strip(),
                                !anyName.get())),
                secret(configWord));
    }

    private static Optional<Secret> secret(StringProperty field) {
        return field.get().isEmpty() ? Optional.empty() : Optional.of(Secret.of(field.get()));
    }

    /** The host to tunnel through, else the seed's machine where the operator said how to sign in there. */
    private List<HostSpec> hosts(NodeAddress seed) {
        if (!through.get().isBlank()) {
            var host = HostSpec.parse(through.get().strip());
            return List.of(signing(host));
        }
        return login.get().isBlank() && key.get().isBlank() ? List.of() : List.of(signing(HostSpec.of(seed.host())));
    }

    /** As the fields say, where the host itself does not. */
    private HostSpec signing(HostSpec host) {
        var user = host.user() == null && !login.get().isBlank() ? login.get().strip() : host.user();
        var keys = key.get().isBlank() ? host.keys() : List.of(key.get().strip());
        return new HostSpec(host.name(), host.address(), host.port(), user, keys, host.jump(), true);
    }

    private void show(Object now, Found what) {
        if (now != wanted) {
            return;
        }
        found.set(what);
        busy.set(!what.whole() && what.failure().isEmpty());
        what.failure().ifPresent(f -> {
            trouble.set(Optional.of(new Trouble(field(f), f.what(), f.next())));
            halt();
        });
    }

    private Field field(Failure failure) {
        return failure instanceof SignInRefused
                ? Field.PASSWORD
                : through.get().isBlank() ? Field.ADDRESS : Field.THROUGH;
    }

    /** Signs in to a host as that user, with that key where one is named. */
    void signIn(HostSpec host, String as, String with) {
        signIn(new HostSpec(
                host.name(),
                host.address(),
                host.port(),
                as.isBlank() ? host.user() : as.strip(),
                with.isBlank() ? host.keys() : List.of(with.strip()),
                host.jump(),
                true));
    }

    /** Looks for nodes on one more host, {@code user@host}; it may have another address than the nodes announce. */
    void lookOn(String target) {
        if (!target.isBlank()) {
            signIn(signing(HostSpec.parse(target.strip())));
        }
    }

    private void signIn(HostSpec how) {
        var there = search;
        if (there == null) {
            return;
        }
        busy.set(true);
        Work.begin(
                "sign in to " + how.name(),
                () -> {
                    there.signIn(how);
                    return how;
                },
                done -> {},
                this::failed);
    }

    /** Keeps what was found. */
    void keep() {
        var there = search;
        if (there == null || found.get().nodes().isEmpty()) {
            return;
        }
        var as = name.get().strip();
        keeping.set(true);
        Work.begin(
                "keep " + as,
                () -> there.keep(as),
                kept -> {
                    keeping.set(false);
                    search = null;
                    stop();
                    name.set("");
                    asked.forEach(f -> f.set("")); // the next one is another cluster
                    anyName.set(false);
                    adopted.accept(kept.spec());
                },
                failure -> {
                    keeping.set(false);
                    trouble.set(Optional.of(new Trouble(Field.NAME, failure.what(), failure.next())));
                });
    }

    private void failed(Failure failure) {
        trouble.set(Optional.of(new Trouble(Field.NONE, failure.what(), failure.next())));
    }

    /** Ends the search and puts away what it found. */
    void stop() {
        halt();
        trouble.set(Optional.empty());
        found.set(Found.NOTHING);
    }

    private void halt() {
        wanted = new Object();
        busy.set(false);
        var there = search;
        search = null;
        if (there != null) {
            close(there);
        }
    }

    private static void close(Search there) {
        Work.begin(
                "end a search",
                () -> {
                    there.close();
                    return there;
                },
                ended -> {},
                failure -> {});
    }
}
