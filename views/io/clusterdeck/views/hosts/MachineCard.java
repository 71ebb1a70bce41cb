package io.clusterdeck.views.hosts;

import io.clusterdeck.redis.model.Machine;
import io.clusterdeck.views.look.Figures;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Facts;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.layout.VBox;

/** Memory, load, disks and clock of a host. */
final class MachineCard extends VBox {
    private final Look look;
    private final Facts.Row memory;
    private final Facts.Row swap;
    private final Facts.Row load;
    private final Facts.Row disks;
    private final Facts.Row clock;
    private final Facts.Row zone;
    private final Facts.Row start;
    private final Facts.Row ways;

    MachineCard(Look look) {
        super(10);
        this.look = look;
        setId("host-machine");
        getStyleClass().add("card");
        var facts = new Facts(look, 140);
        memory = facts.row("hosts.memory");
        swap = facts.row("hosts.swap");
        load = facts.row("hosts.load");
        disks = facts.row("hosts.disks");
        clock = facts.row("hosts.clock");
        zone = facts.row("hosts.zone");
        start = facts.row("hosts.start");
        ways = facts.row("hosts.machine.ways");
        getChildren().addAll(look.label("hosts.machine", "card-title"), facts);
    }

    /** {@code UTC+08:00}, and its name where it has one. */
    private static String zone(Machine m) {
        var offset = m.zone().getRules().getOffset(m.at());
        var utc = "UTC" + (offset.getTotalSeconds() == 0 ? "" : offset.getId());
        return m.zone() instanceof ZoneOffset ? utc : m.zone().getId() + " (" + utc + ")";
    }

    void show(Optional<Machine> found) {
        var words = look.tongue().words();
        memory.say(found.map(m -> words.say(
                        "hosts.free",
                        "free",
                        Figures.size(words, m.memoryFree()),
                        "total",
                        Figures.size(words, m.memory())))
                .orElse("–"));
        swap.say(found.filter(m -> m.swap() > 0)
                .map(m -> words.say(
                        "hosts.free",
                        "free",
                        Figures.size(words, m.swapFree()),
                        "total",
                        Figures.size(words, m.swap())))
                .orElse(""));
        load.say(found.map(Machine::load).orElse(""));
        disks.say(found.map(m -> m.disks().stream()
                        .map(d -> words.say(
                                "hosts.disk",
                                "mount",
                                d.mount(),
                                "free",
                                Figures.size(words, d.free()),
                                "total",
                                Figures.size(words, d.total())))
                        .collect(Collectors.joining("\n")))
                .orElse(""));
        clock.say(found.map(m -> Math.abs(m.skew()) < 1_000
                        ? words.say("hosts.clock.same")
                        : words.say(m.skew() > 0 ? "hosts.clock.ahead" : "hosts.clock.behind", "t", Math.abs(m.skew())))
                .orElse(""));
        zone.say(found.map(MachineCard::zone).orElse(""));
        start.say(found.map(m -> words.say(m.systemd() ? "hosts.start.systemd" : "hosts.start.none"))
                .orElse(""));
        ways.say(found.filter(Machine::forbidsForwarding)
                .map(m -> words.say("hosts.ways.passed-on"))
                .orElse(""));
    }
}
