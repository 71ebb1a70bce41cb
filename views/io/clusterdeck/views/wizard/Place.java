package io.clusterdeck.views.wizard;

import java.util.List;
import java.util.Locale;

/** A page of the wizard, in their order. */
public enum Place {
    HOSTS,
    REDIS,
    LAYOUT,
    CONFIGURATION,
    REVIEW,
    BUILD;

    private static final List<String> CONFIGURED =
            List.of("layout.root", "layout.data", "layout.user", "config", "access", "password", "tls", "cure");

    /** As the end of a key. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Place next() {
        return values()[Math.min(ordinal() + 1, BUILD.ordinal())];
    }

    Place before() {
        return values()[Math.max(ordinal() - 1, 0)];
    }

    static Place of(String word) {
        for (var place : values()) {
            if (place.word().equals(word)) {
                return place;
            }
        }
        return HOSTS;
    }

    /** Where a field of a blueprint is entered. */
    static Place ofField(String field) {
        if (CONFIGURED.stream().anyMatch(f -> field.equals(f) || field.startsWith(f + "."))) {
            return CONFIGURATION;
        }
        return field.startsWith("layout") || field.startsWith("placement")
                ? LAYOUT
                : field.startsWith("redis") ? REDIS : HOSTS;
    }
}
