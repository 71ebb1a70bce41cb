package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.plan.Consent;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.plan.Plan;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.redis.probe.Probe;
import io.clusterdeck.redis.timeline.ActedFailovers;
import io.clusterdeck.redis.timeline.Kept;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.drill.Part;
import io.clusterdeck.views.drill.RehearseView;
import io.clusterdeck.views.failover.FailoverView;
import io.clusterdeck.views.look.Theme;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is seen seldom: a heir that chance decides, very many shards measured, a replica that moves, votes that come in. */
@Tag("window")
class RarePicturesTest {

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void oneOfTwoTakesOver(Theme theme, String language) throws IOException {
        var kill = SamplePlans.kill();
        var costs = List.of(
                Say.of("sample.kill.cost.own"),
                Say.of("nodes.impact.anybody", "nodes", List.of("10.20.0.172:9004", "10.20.0.173:9007")),
                Say.of("forecast.outage.worst", "t", 31_000),
                Say.of("forecast.fatal", "names", List.of("10.20.0.172:9001", "10.20.0.173:9002", "h2", "h3")));
        var plan = new Plan(kill.id(), kill.on(), kill.title(), kill.stages(), costs);
        PicturesTest.picture(
                "act-any",
                theme,
                language,
                Samples.healthy(),
                s -> s.live()
                        .act()
                        .offer(new Offer.Ready(plan, new Consent.Type(Say.of("sample.kill.question"), "orders-prod"))));
    }

    /** They are pushed within their card: what stands below keeps its room. */
    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void manyShardsMeasured(Theme theme, String language) throws IOException {
        var shards = IntStream.range(0, 45).mapToObj(RarePicturesTest::shard).toList();
        PicturesTest.picture(
                "rehearse-measuring-many",
                theme,
                language,
                Samples.healthy(),
                s -> {
                    s.cluster().turnTo(Tab.REHEARSE);
                    var view = (RehearseView) s.cluster().page();
                    view.turnTo(Part.LIBRARY);
                    view.measuring().paint(new Probe.Now(24_300, shards, List.of()));
                },
                s -> {
                    var view = (RehearseView) s.cluster().page();
                    s.scene().getRoot().applyCss();
                    s.scene().getRoot().layout();
                    var library = view.library();
                    assertTrue(library.getHeight() > 200, "below it is room: " + library.getHeight());
                    double foot = view.measuring()
                            .localToScene(view.measuring().getBoundsInLocal())
                            .getMaxY();
                    assertTrue(foot < s.scene().getHeight() / 2 + 100, "it ends at " + foot);
                    return true;
                });
    }

    private static Probe.ShardNow shard(int n) {
        var writes = IntStream.range(0, 240)
                .mapToDouble(i -> n == 0 && i > 191 || n % 9 == 4 && i > 215 && i < 224 ? 0 : 5)
                .toArray();
        var address = new NodeAddress("10.20.%d.%d".formatted(n / 20, 171 + n % 20), 9000);
        return new Probe.ShardNow(address, writes, writes, n == 0 || n == 40 ? 4_800 : 14, n == 0 ? 4_800 : 780, 962);
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void aReplicaThatMoved(Theme theme, String language) throws IOException {
        failover("failover-migration", theme, language, ActedFailovers.migrated());
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,zh", "DARK,en"})
    void votesThatComeIn(Theme theme, String language) throws IOException {
        failover("failover-voting", theme, language, ActedFailovers.voting());
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en"})
    void withoutAnHeir(Theme theme, String language) throws IOException {
        failover("failover-stuck", theme, language, ActedFailovers.stuck());
    }

    private static void failover(String name, Theme theme, String language, Kept kept) throws IOException {
        PicturesTest.picture(name, theme, language, Samples.failedOver(), s -> {
            s.cluster().turnTo(Tab.FAILOVER);
            ((FailoverView) s.cluster().page()).sights().chosenProperty().set(FailoverView.Sight.TIMELINE);
            s.cluster()
                    .failovers()
                    .take(List.of(kept), Optional.of(kept.timeline()).filter(t -> !t.over()));
        });
    }

    /** The sheet of a host has the lines to copy, as that of the cluster has; a plan for what is not kept says why it has none. */
    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void everySheetHasItsLinesOrSaysWhyNot(Theme theme, String language) throws IOException {
        var unkept = SamplePlans.kill();
        var plan = new Plan(
                unkept.id(),
                new io.clusterdeck.plan.ClusterRef("nowhere"),
                unkept.title(),
                unkept.stages(),
                unkept.costs());
        PicturesTest.picture(
                "act-no-lines",
                theme,
                language,
                Samples.healthy(),
                s -> s.model().act().offer(new Offer.Ready(plan, new Consent.Plain())),
                s -> {
                    s.scene().getRoot().applyCss();
                    s.scene().getRoot().layout();
                    return s.scene().getRoot().lookupAll("#act-no-lines").size() == 1;
                });
    }
}
