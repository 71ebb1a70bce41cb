package io.clusterdeck.views.nodes;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.live.Reading;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.words.Words;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.ObjectBinding;
import javafx.beans.value.ObservableValue;

/**
 * One row. Its cells are worded only when they are looked at, and again only where they changed then: of a thousand rows some thirty are
 * seen. FX thread.
 */
public final class NodeLine {
    /** The columns. */
    public enum Column {
        NODE,
        ROLE,
        HOST,
        ADDRESS,
        STATE,
        SLOTS,
        MASTER,
        KEYS,
        MEMORY,
        OPS,
        BEHIND,
        EPOCH,
        VERSION,
        UP,
        FLAGS,
        BUS,
        ID
    }

    private final NodeId id;
    private final Live live;
    private final Map<Column, Value> values = new EnumMap<>(Column.class);
    private Words words;
    private Node node;

    NodeLine(Live live, Words words, Node node) {
        this.id = node.id();
        this.live = live;
        this.words = words;
        this.node = node;
    }

    NodeId id() {
        return id;
    }

    ObservableValue<Cell> cell(Column column) {
        return values.computeIfAbsent(column, Value::new);
    }

    /** Everything in the row, for the filter. */
    String words() {
        return Arrays.stream(Column.values())
                .map(c -> cell(c).getValue().words())
                .collect(Collectors.joining(" "));
    }

    void show(Words words, Node node) {
        this.words = words;
        this.node = node;
        values.values().forEach(Value::again);
    }

    private final class Value extends ObjectBinding<Cell> {
        private final Column column;
        private int listeners;

        Value(Column column) {
            this.column = column;
        }

        @Override
        protected Cell computeValue() {
            return of(column);
        }

        /** Whoever shows it is told only where it is another. */
        void again() {
            if (listeners == 0 || !isValid() || !get().equals(computeValue())) {
                invalidate();
            }
        }

        @Override
        public void addListener(InvalidationListener listener) {
            super.addListener(listener);
            listeners++;
        }

        @Override
        public void removeListener(InvalidationListener listener) {
            super.removeListener(listener);
            listeners--;
        }
    }

    private Cell of(Column column) {
        var r = new Reading(node);
        return switch (column) {
            case NODE -> new Cell(live.name(id), node.address().port(), Marks.of(node));
            case ROLE -> Cell.of(words.say(node.isMaster() ? "views.role.master" : "views.role.replica"));
            case HOST -> Cell.of(node.host().map(Object::toString).orElse(""));
            case ADDRESS -> Cell.of(node.address().toString());
            case STATE -> Cell.of(state(words, node));
            case SLOTS ->
                node.slots().isEmpty()
                        ? Cell.EMPTY
                        : new Cell(
                                words.list(node.slots()),
                                node.slots().getFirst().from());
            case MASTER -> Cell.of(node.master().map(live::name).orElse(""));
            case KEYS -> number(r.keys(), n -> Figures.whole(words, n));
            case MEMORY -> number(r.memory(), n -> Figures.size(words, n));
            case OPS -> node.answers() ? number(r.ops(), n -> Figures.whole(words, n)) : Cell.EMPTY;
            case BEHIND -> number(r.behind(live.state()), n -> Figures.size(words, n));
            case EPOCH -> new Cell(Long.toString(node.epoch()), node.epoch());
            case VERSION -> Cell.of(r.version());
            case UP -> node.answers() ? number(r.uptimeMillis(), words::millis) : Cell.EMPTY;
            case FLAGS -> Cell.of(node.flags().stream().map(Flag::word).sorted().collect(Collectors.joining(",")));
            case BUS ->
                new Cell(
                        Integer.toString(node.address().busPort()),
                        node.address().busPort());
            case ID -> Cell.of(id.value());
        };
    }

    private static Cell number(OptionalLong value, LongFunction<String> words) {
        return value.isPresent() ? new Cell(words.apply(value.getAsLong()), value.getAsLong()) : Cell.EMPTY;
    }

    private static String state(Words words, Node node) {
        if (node.failed()) {
            return words.say("views.state.failed");
        }
        return switch (node.contact()) {
            case Contact.Answers a ->
                words.say(node.suspectedBy().isEmpty() ? "views.state.ok" : "views.state.suspected");
            case Contact.Silent s -> words.say("views.state.silent");
            case Contact.Gone g -> words.say("views.state.gone");
            case Contact.Refuses r -> words.say("views.state.refuses");
            case Contact.Unknown u -> words.say("views.state.unknown");
        };
    }
}
