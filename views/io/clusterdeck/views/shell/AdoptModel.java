package io.clusterdeck.views.shell;

import io.clusterdeck.deck.Adoption;
import io.clusterdeck.deck.Deck;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.ClusterSpec.Access;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.ssh.Secret;
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

/** From the address of one node to a cluster that is kept. FX thread. */
final class AdoptModel {
    private static final Pattern ADDRESS = Pattern.compile("\\[?([^\\[\\]\\s]+?)]?:(\\d{1,5})");

    final StringProperty name = new SimpleStringProperty("");
    final StringProperty address = new SimpleStringProperty("");
    final StringProperty user = new SimpleStringProperty("");
    final StringProperty password = new SimpleStringProperty("");
    final StringProperty login = new SimpleStringProperty("");
    final StringProperty key = new SimpleStringProperty("");
    final BooleanProperty throughHosts = new SimpleBooleanProperty();
    private final Deck deck;
    private final Consumer<ClusterSpec> adopted;
    private final ReadOnlyObjectWrapper<Optional<Failure>> trouble = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();

    AdoptModel(Deck deck, Consumer<ClusterSpec> adopted) {
        this.deck = deck;
        this.adopted = adopted;
    }

    ReadOnlyObjectProperty<Optional<Failure>> troubleProperty() {
        return trouble.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    void adopt() {
        trouble.set(Optional.empty());
        var matcher = ADDRESS.matcher(address.get().strip());
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            trouble.set(Optional.of(new NotAllowed(
                    Say.of("views.adopt.bad-address", "address", address.get()),
                    Say.of("views.adopt.bad-address.next"))));
            return;
        }
        var seed = new NodeAddress(matcher.group(1), Integer.parseInt(matcher.group(2)));
        var wish = new Adoption(
                name.get().isBlank()
                        ? seed.toString().replace(':', '-')
                        : name.get().strip(),
                seed,
                user.get().strip(),
                password.get().isEmpty() ? Optional.empty() : Optional.of(Secret.of(password.get())),
                throughHosts.get() ? Access.THROUGH_HOSTS : Access.DIRECT,
                hosts(seed));
        busy.set(true);
        Work.begin(
                "adopt " + seed,
                () -> deck.adopt(wish),
                spec -> {
                    busy.set(false);
                    password.set("");
                    adopted.accept(spec);
                },
                failure -> {
                    busy.set(false);
                    trouble.set(Optional.of(failure));
                });
    }

    /** The seed's machine, where the operator said how to sign in there; the others are tried under their addresses. */
    private List<HostSpec> hosts(NodeAddress seed) {
        if (login.get().isBlank() && key.get().isBlank()) {
            return List.of();
        }
        var user = login.get().strip();
        var keys = key.get().isBlank() ? List.<String>of() : List.of(key.get().strip());
        return List.of(new HostSpec(
                new HostName(seed.host()), seed.host(), 0, user.isEmpty() ? null : user, keys, null, true));
    }
}
