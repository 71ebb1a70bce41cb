package io.clusterdeck.deck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import io.clusterdeck.views.ask.AskModel;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TypedPasswordTest {
    private static final String KEY = Answers.clusterKey("carts", "requirepass");

    @TempDir
    Path folder;

    /** Else a draft that is switched to a password made for it would silently keep the typed one. */
    @Test
    void whatIsNoLongerTypedIsForgottenAndWhatWasMadeStays() throws Exception {
        var answers = new Answers(new AskModel(), Home.at(folder).secrets());
        answers.type(KEY, Optional.of(Secret.of("typed")));
        assertEquals(Optional.of("typed"), answers.known(KEY).map(Secret::reveal));
        answers.type(KEY, Optional.empty());
        assertEquals(Optional.empty(), answers.known(KEY));
        answers.remember(KEY, Secret.of("made"));
        answers.type(KEY, Optional.empty());
        assertEquals(Optional.of("made"), answers.known(KEY).map(Secret::reveal));
    }
}
