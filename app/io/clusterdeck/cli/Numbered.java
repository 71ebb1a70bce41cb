package io.clusterdeck.cli;

import io.clusterdeck.say.Say;
import java.util.List;
import java.util.function.Function;

/** One of a list that was printed: by its number there, from 1, which moves when another one comes; or by its id, which stays. */
final class Numbered {

    private Numbered() {}

    static <T> T of(String which, List<T> all, Function<T, String> id, Say none) throws Misuse {
        boolean number = which.matches("[0-9]{1,6}");
        if (number && Integer.parseInt(which) >= 1 && Integer.parseInt(which) <= all.size()) {
            return all.get(Integer.parseInt(which) - 1);
        }
        return all.stream()
                .filter(one -> id.apply(one).equals(which))
                .findFirst()
                .orElseThrow(() -> new Misuse(none));
    }
}
