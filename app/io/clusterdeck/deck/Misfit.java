package io.clusterdeck.deck;

import io.clusterdeck.say.Say;
import io.clusterdeck.store.YamlPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Something in a file that was edited by hand is not what belongs there. */
final class Misfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** What belongs there; the words lie under {@code deck.expected.*}. */
    enum Wanted {
        LIST,
        MAP,
        TEXT,
        NUMBER
    }

    private final transient List<Object> at;
    private final Wanted wanted;

    /** @param at keys of maps and numbers in lists, from the top */
    Misfit(List<Object> at, Wanted wanted) {
        this.at = List.copyOf(at);
        this.wanted = wanted;
    }

    /** The same, seen from further above. */
    Misfit within(String list, int number) {
        var path = new ArrayList<Object>(List.of(list, number));
        path.addAll(at);
        return new Misfit(path, wanted);
    }

    Say say(Path file) {
        var place = YamlPlace.of(file, at).orElse(new YamlPlace(0, 0));
        return Say.of(
                "deck.misfit",
                "line",
                place.line(),
                "column",
                place.column(),
                "what",
                at.stream()
                        .map(step -> step instanceof Integer i ? "[" + (i + 1) + "]" : "." + step)
                        .collect(Collectors.joining())
                        .substring(1),
                "wanted",
                Say.of("deck.expected." + wanted.name().toLowerCase(java.util.Locale.ROOT)));
    }
}
