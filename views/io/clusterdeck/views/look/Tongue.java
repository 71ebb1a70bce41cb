package io.clusterdeck.views.look;

import io.clusterdeck.say.Say;
import io.clusterdeck.words.Words;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The window's language. It can change while the window is open: every text is bound to it, or repainted with it. FX thread. */
public final class Tongue {
    private final ReadOnlyObjectWrapper<Words> words = new ReadOnlyObjectWrapper<>();

    private final ReadOnlyObjectWrapper<Optional<Locale>> choice = new ReadOnlyObjectWrapper<>(Optional.empty());

    public Tongue(Locale locale) {
        words.set(Words.in(locale));
    }

    /** Speaks it from now on, as if it were chosen. */
    public void speak(Locale locale) {
        choose(Optional.of(locale));
    }

    /** Empty means: as the system. */
    public void choose(Optional<Locale> locale) {
        choice.set(locale);
        words.set(Words.in(locale.orElseGet(Locale::getDefault)));
    }

    /** What was chosen; empty when it follows the system. */
    public ReadOnlyObjectProperty<Optional<Locale>> choiceProperty() {
        return choice.getReadOnlyProperty();
    }

    public Words words() {
        return words.get();
    }

    public ReadOnlyObjectProperty<Words> wordsProperty() {
        return words.getReadOnlyProperty();
    }

    public boolean chinese() {
        return words().locale().getLanguage().equals("zh");
    }

    /** A text that follows the language. */
    public StringBinding text(String key, Object... namesAndValues) {
        var say = Say.of(key, namesAndValues);
        return Bindings.createStringBinding(() -> words().say(say), words);
    }

    public String say(Say say) {
        return words().say(say);
    }

    public String say(String key, Object... namesAndValues) {
        return words().say(key, namesAndValues);
    }
}
