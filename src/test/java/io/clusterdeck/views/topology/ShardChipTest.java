package io.clusterdeck.views.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.model.Shard;
import io.clusterdeck.views.Sample;
import io.clusterdeck.views.SampleRuns;
import io.clusterdeck.views.Stagehand;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.runs.RunsModel;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("window")
class ShardChipTest {
    private final Look look = Stagehand.look(Theme.LIGHT, "en");

    private static void shows(ShardChip chip, String words, String colour) {
        assertEquals(words, chip.getAccessibleText());
        assertTrue(chip.lookup(".chip-band").getStyleClass().contains(colour), colour);
    }

    /** A chip is used again for the same shard after another one vanished before it. */
    @Test
    void takesTheNumberThatAShardHasNow() {
        Stagehand.fx(() -> {
            var live = Live.past(Sample.orders().state(), new RunsModel(new SampleRuns()));
            Shard shard = live.shards().get(2);
            var chip = new ShardChip(look, live);
            chip.show(shard, 2);
            shows(chip, "Shard 3 9002", "shard-3");
            chip.show(shard, 1);
            shows(chip, "Shard 2 9002", "shard-2");
            look.tongue().speak(Locale.SIMPLIFIED_CHINESE);
            chip.show(shard, 1);
            shows(chip, look.tongue().say("views.shard", "n", 2) + " 9002", "shard-2");
        });
    }
}
