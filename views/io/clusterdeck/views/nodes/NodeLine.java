package io.clusterdeck.views.nodes;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Flag;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeId;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Marks;
import io.clusterdeck.views.live.Reading;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.words.Words;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;

/** One row: its cells change in place, so that a repaint touches only what differs. */
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
    private final Map<Column, ObjectProperty<Cell>> cells = new EnumMap<>(Column.class);
    private final ObjectProperty<Glyph.Kind> mark = new SimpleObjectProperty<>(Glyph.Kind.UNKNOWN);

    NodeLine(NodeId id) {
        this.id = id;
        for (var column : Column.values()) {
            cells.put(column, new SimpleObjectProperty<>(Cell.EMPTY));
        }
    }

    NodeId id() {
        return id;
    }

    ReadOnlyObjectProperty<Cell> cell(Column column) {
        return property(column);
    }

    private ObjectProperty<Cell> property(Column column) {
        var property = cells.get(column);
        if (property == null) {
            throw new IllegalStateException(column.name());
        }
        return property;
    }

    ReadOnlyObjectProperty<Glyph.Kind> mark() {
        return mark;
    }

    /** Everything in the row, for the filter. */
    String words() {
        return cells.values().stream().map(p -> p.get().words()).collect(Collectors.joining(" "));
    }

    void show(Words words, Live live, Node node) {
        var r = new Reading(node);
        mark.set(Marks.of(node));
        set(Column.NODE, new Cell(live.name(id), node.address().port()));
        set(Column.ROLE, Cell.of(words.say(node.isMaster() ? "views.role.master" : "views.role.replica")));
        set(Column.HOST, Cell.of(node.host().map(Object::toString).orElse("")));
        set(Column.ADDRESS, Cell.of(node.address().toString()));
        set(Column.STATE, Cell.of(state(words, node)));
        set(
                Column.SLOTS,
                node.slots().isEmpty()
                        ? Cell.EMPTY
                        : new Cell(
                                node.slots().stream().map(SlotRange::toString).collect(Collectors.joining(", ")),
                                node.slots().getFirst().from()));
        set(Column.MASTER, Cell.of(node.master().map(live::name).orElse("")));
        set(Column.KEYS, number(r.keys(), n -> Figures.whole(words, n)));
        set(Column.MEMORY, number(r.memory(), n -> Figures.size(words, n)));
        set(Column.OPS, node.answers() ? number(r.ops(), n -> Figures.whole(words, n)) : Cell.EMPTY);
        set(Column.BEHIND, number(r.behind(live.state()), n -> Figures.size(words, n)));
        set(Column.EPOCH, new Cell(Long.toString(node.epoch()), node.epoch()));
        set(Column.VERSION, Cell.of(r.version()));
        set(Column.UP, node.answers() ? number(r.uptimeMillis(), words::millis) : Cell.EMPTY);
        set(Column.FLAGS, Cell.of(node.flags().stream().map(Flag::word).sorted().collect(Collectors.joining(","))));
        set(
                Column.BUS,
                new Cell(
                        Integer.toString(node.address().busPort()),
                        node.address().busPort()));
        set(Column.ID, Cell.of(id.value()));
    }

    private void set(Column column, Cell now) {
        property(column).set(now);
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
