package io.clusterdeck.deck.paper;

import io.clusterdeck.say.Say;
import java.util.List;

/** A piece of a card, before it is Markdown or HTML. */
public sealed interface CardPart {

    record Text(Say text) implements CardPart {}

    /**
     * Lines to be typed.
     *
     * @param why what they are for, and what to heed
     */
    record Commands(Say title, Say why, List<String> lines) implements CardPart {

        public Commands {
            lines = List.copyOf(lines);
        }
    }

    /**
     * A table.
     *
     * @param rows cells are texts as they are, or Says
     */
    record Table(Say title, List<Say> heads, List<List<Object>> rows) implements CardPart {

        public Table {
            heads = List.copyOf(heads);
            rows = List.copyOf(rows);
        }
    }
}
