package io.clusterdeck.redis.timeline;

import io.clusterdeck.say.Say;

/**
 * A fact as evidence to be read.
 *
 * @param source who and where: node, host and file of a line, or node and time of a view
 * @param text the very line, or what was seen
 */
public record Proof(Say source, Say text) {

    /** With the whole path of the file, for reports. */
    public static Proof of(Fact f, Timeline t) {
        return of(f, t, f.evidence() instanceof Evidence.LogLine l ? l.file().value() : "");
    }

    /** With the file's name alone, for the window. */
    public static Proof brief(Fact f, Timeline t) {
        var path = f.evidence() instanceof Evidence.LogLine l ? l.file().value() : "";
        return of(f, t, path.substring(path.lastIndexOf('/') + 1));
    }

    private static Proof of(Fact f, Timeline t, String file) {
        var node = t.name(f.by());
        var about = f.about().map(t::name).orElse("");
        return switch (f.evidence()) {
            case Evidence.LogLine l ->
                new Proof(
                        Say.of(
                                l.offset() < 0 ? "failovers.proof.journal" : "failovers.proof.line",
                                "node",
                                node,
                                "host",
                                l.host(),
                                "file",
                                file,
                                "offset",
                                l.offset()),
                        Say.of("failovers.proof.text", "text", l.text()));
            case Evidence.View v ->
                new Proof(
                        source("failovers.proof.view", node, f),
                        about.isEmpty() ? v.what() : Say.of("failovers.proof.about", "node", about, "what", v.what()));
            case Evidence.Counter c ->
                new Proof(
                        source("failovers.proof.counter", node, f),
                        Say.of("failovers.proof.rose", "name", c.name(), "from", c.from(), "to", c.to()));
            case Evidence.Contact c -> new Proof(source("failovers.proof.contact", node, f), c.what());
            case Evidence.Reckoned r -> new Proof(source("failovers.proof.reckoned", node, f), r.why());
        };
    }

    private static Say source(String key, String node, Fact f) {
        return Say.of(key, "node", node, "at", Times.clock(f.at()), "within", Times.within(f.within()));
    }
}
