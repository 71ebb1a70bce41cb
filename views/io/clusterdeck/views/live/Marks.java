package io.clusterdeck.views.live;

import io.clusterdeck.redis.model.Contact;
import io.clusterdeck.redis.model.Health;
import io.clusterdeck.redis.model.Level;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.views.parts.Glyph;

/** Which shape tells which state, and which shard has which number: in one place for every view. */
public final class Marks {
    private Marks() {}

    public static Glyph.Kind of(Node node) {
        if (node.contact() instanceof Contact.Unknown) {
            return Glyph.Kind.UNKNOWN;
        }
        if (node.contact() instanceof Contact.Silent) {
            return Glyph.Kind.SILENT;
        }
        if (node.failed() || node.contact() instanceof Contact.Gone) {
            return Glyph.Kind.GONE;
        }
        if (node.contact() instanceof Contact.Refuses || !node.suspectedBy().isEmpty() || !node.linkUp()) {
            return Glyph.Kind.WARN;
        }
        return node.isMaster() ? Glyph.Kind.OK : Glyph.Kind.RING;
    }

    public static Glyph.Kind of(Health verdict) {
        return switch (verdict) {
            case OK -> Glyph.Kind.OK;
            case WARN -> Glyph.Kind.WARN;
            case FAIL -> Glyph.Kind.BAD;
            case UNKNOWN -> Glyph.Kind.UNKNOWN;
        };
    }

    public static Glyph.Kind of(Level level) {
        return switch (level) {
            case NOTE -> Glyph.Kind.NOTE;
            case WARN -> Glyph.Kind.WARN;
            case BAD -> Glyph.Kind.BAD;
        };
    }

    /** The chip's tone: ok, warn, bad, none. */
    public static String tone(Health verdict) {
        return switch (verdict) {
            case OK -> "ok";
            case WARN -> "warn";
            case FAIL -> "bad";
            case UNKNOWN -> "none";
        };
    }
}
