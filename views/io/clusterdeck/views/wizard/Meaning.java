package io.clusterdeck.views.wizard;

import io.clusterdeck.say.Failure;
import io.clusterdeck.views.fx.Work;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads what a draft says as a blueprint on another thread: of many letters typed meanwhile only what the last one made of it. FX thread. */
final class Meaning {
    private final Function<Map<String, Object>, Understood> reader;
    private final Consumer<Understood> to;
    private final Consumer<Failure> failed;
    private Map<String, Object> tree = Map.of();
    private boolean behind;
    private boolean reading;

    Meaning(Function<Map<String, Object>, Understood> reader, Consumer<Understood> to, Consumer<Failure> failed) {
        this.reader = reader;
        this.to = to;
        this.failed = failed;
    }

    /** It says this from now on. */
    void of(Map<String, Object> now) {
        tree = now;
        behind = true;
        if (!reading) {
            read();
        }
    }

    private void read() {
        var now = tree;
        reading = true;
        Work.begin("read draft", () -> reader.apply(now), this::done, why -> {
            reading = false;
            failed.accept(why);
        });
    }

    private void done(Understood draft) {
        reading = false;
        if (behind && draft.tree() == tree) {
            take(draft);
        } else if (behind) {
            read();
        }
    }

    /** For who can't go on with what was read before the last letter: reads here, and takes as long as that does. */
    void settle() {
        if (behind) {
            take(reader.apply(tree));
        }
    }

    private void take(Understood draft) {
        behind = false;
        to.accept(draft);
    }
}
