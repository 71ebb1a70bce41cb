package io.clusterdeck.plan;

import io.clusterdeck.say.Say;
import java.util.List;

/**
 * Steps that may run side by side. Steps of one stage on the same host run in their order.
 *
 * @param id such as {@code compile}: the column of the runs view
 */
public record Stage(String id, Say title, List<Step> steps) {

    public Stage {
        steps = List.copyOf(steps);
    }
}
