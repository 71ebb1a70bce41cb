package io.clusterdeck.redis.timeline;

import io.clusterdeck.redis.timeline.StageSpan.State;
import io.clusterdeck.redis.timeline.real.Evident;
import io.clusterdeck.redis.timeline.simulated.Truth;
import io.clusterdeck.redis.timeline.simulated.Truth.Promotion;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Whether the stages of real failovers are dated as exactly as is said. */
final class Exactness {

    /** So late the servers' own words may be heard by us on a busy computer. */
    private static final long LATE = 150;

    private final Judged judged;
    private final Evident evident;
    private final Set<String> complaints = new LinkedHashSet<>();

    Exactness(Judged judged, Evident evident) {
        this.judged = judged;
        this.evident = evident;
    }

    /** Of what was watched all the while. */
    Set<String> complaints(List<Timeline> told) {
        for (var p : evident.truth().promotions) {
            told.stream()
                    .filter(t -> t.winner()
                            .map(judged::node)
                            .filter(w -> w == p.winner())
                            .isPresent())
                    .filter(t -> judged.node(t.failed()) == p.failed())
                    .filter(t -> judged.millis(t.began()) <= p.at() + LATE)
                    .filter(t -> t.ended().map(judged::millis).orElse(Long.MAX_VALUE) >= p.at() - LATE)
                    .forEach(t -> check(t, p));
        }
        return complaints;
    }

    private void check(Timeline t, Promotion p) {
        near(t, t.stage(Stage.PROMOTED), OptionalLong.of(p.at()));
        if (t.kind() != Timeline.Kind.AUTOMATIC) {
            return;
        }
        near(t, t.stage(Stage.WAITS), evident.asked(p));
        var loss = evident.truth().losses().stream()
                .filter(l -> l.failed() == p.failed() && l.until() == p.at())
                .mapToLong(Truth.Loss::from)
                .findFirst();
        if (loss.isPresent()) {
            near(t, t.stage(Stage.AGREED), evident.agreed(p, loss.getAsLong()));
            if (t.stage(Stage.SUSPECTED).state() == State.DONE) {
                near(t, t.stage(Stage.SUSPECTED), loss);
            }
        }
    }

    private void near(Timeline t, StageSpan stage, OptionalLong truly) {
        stage.to()
                .map(judged::millis)
                .ifPresent(told -> truly.ifPresent(at -> {
                    long apart = Math.abs(told - at);
                    if (apart > stage.within().toMillis() + LATE) {
                        complaints.add(stage.stage() + " of " + t.id() + " is told " + (told - at) + " ms off, within "
                                + stage.within().toMillis() + " ms");
                    }
                }));
    }
}
