package io.clusterdeck.views.inspect;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.SlotRange;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.live.Reading;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Curve;
import io.clusterdeck.views.parts.Facts;
import java.util.stream.Collectors;
import javafx.scene.layout.VBox;

/** How the chosen node fares. */
final class NowFacts extends VBox {
    /** Seconds of the small curve. */
    private static final int CURVE = 120;

    private final Look look;
    private final Live live;
    private final Facts.Row slots;
    private final Facts.Row keys;
    private final Facts.Row memory;
    private final Facts.Row ops;
    private final Facts.Row master;
    private final Facts.Row replicas;
    private final Facts.Row aof;
    private final Facts.Row rdb;
    private final Facts.Row up;
    private final Facts.Row version;
    private final Facts.Row epoch;
    private final Facts.Row seen;
    private final Curve curve;

    NowFacts(Look look, Live live) {
        this.look = look;
        this.live = live;
        getStyleClass().add("section");
        curve = new Curve(look, "acc", false);
        curve.setPrefSize(96, 14);
        curve.setMaxHeight(14);
        var facts = new Facts(look, 104);
        slots = facts.row("views.fact.slots");
        keys = facts.row("views.fact.keys");
        memory = facts.row("views.fact.memory");
        ops = facts.row("views.fact.ops");
        ops.beside(curve);
        master = facts.row("views.fact.master");
        replicas = facts.row("views.fact.replicas");
        aof = facts.row("views.fact.aof");
        rdb = facts.row("views.fact.rdb");
        up = facts.row("views.fact.up");
        version = facts.row("views.fact.version");
        epoch = facts.row("views.fact.epoch");
        seen = facts.row("views.fact.seen");
        getChildren().addAll(look.label("views.inspect.now", "section-title"), facts);
    }

    void show(Node node) {
        var words = look.tongue().words();
        var state = live.state();
        var r = new Reading(node);
        slots.say(
                node.slots().isEmpty()
                        ? ""
                        : words.say(
                                "views.now.slots",
                                "ranges",
                                SlotRange.brief(node.slots(), 4),
                                "count",
                                node.slotCount()));
        keys.say(r.keys().isPresent() ? Figures.whole(words, r.keys().getAsLong()) : "");
        memory.say(memory(r));
        ops.say(
                node.answers() && r.ops().isPresent()
                        ? words.say("views.now.ops", "n", r.ops().getAsLong())
                        : "");
        curve.show(node.answers() ? live.history().ops(node.id(), CURVE) : new double[0]);
        master.say(node.master().map(m -> master(node, r)).orElse(""));
        replicas.say(live.replicasOf(node).stream()
                .map(n -> {
                    var behind = new Reading(n).behind(state);
                    return behind.isPresent() && n.answers()
                            ? words.say("views.now.replica", "node", live.name(n.id()), "size", behind.getAsLong())
                            : words.say("views.now.replica.away", "node", live.name(n.id()));
                })
                .collect(Collectors.joining("\n")));
        aof.say(aof(node, r));
        rdb.say(
                node.info().isEmpty() || r.text("rdb_last_bgsave_status").isEmpty()
                        ? ""
                        : words.say(r.rdbSaveOk() ? "views.now.rdb.ok" : "views.now.rdb.bad"));
        up.say(
                node.answers() && r.uptimeMillis().isPresent()
                        ? words.say(
                                "views.now.up",
                                "t",
                                r.uptimeMillis().getAsLong(),
                                "pid",
                                Long.toString(r.pid().orElse(0)))
                        : "");
        version.say(r.version().matches("\\d.*") ? "Redis " + r.version() : r.version());
        epoch.say(Long.toString(node.epoch()));
        seen.say(
                node.contact() instanceof Contact.Answers a
                        ? words.say(
                                "views.now.seen",
                                "t",
                                Figures.since(words, a.at(), state.at()),
                                "ms",
                                String.format(words.locale(), "%.1f", a.micros() / 1000.0))
                        : "");
    }

    private String memory(Reading r) {
        var words = look.tongue().words();
        if (r.memory().isEmpty()) {
            return "";
        }
        return r.maxMemory().isPresent()
                ? words.say(
                        "views.now.memory.of",
                        "used",
                        r.memory().getAsLong(),
                        "max",
                        r.maxMemory().getAsLong())
                : words.say("views.now.memory", "used", r.memory().getAsLong());
    }

    private String master(Node node, Reading r) {
        var words = look.tongue().words();
        var name = node.master().map(live::name).orElse("");
        var behind = r.behind(live.state());
        if (r.masterLink().orElse(true) && behind.isPresent()) {
            return words.say("views.now.master", "node", name, "size", behind.getAsLong());
        }
        return words.say("views.now.master.down", "node", name);
    }

    private String aof(Node node, Reading r) {
        var words = look.tongue().words();
        if (node.info().isEmpty() || r.text("aof_enabled").isEmpty()) {
            return "";
        }
        if (!r.aofOn()) {
            return words.say("views.now.aof.off");
        }
        return words.say(
                r.aofWriteOk() ? "views.now.aof.ok" : "views.now.aof.bad",
                "size",
                r.aofSize().orElse(0));
    }
}
