package io.clusterdeck.views;

import io.clusterdeck.redis.console.Shown;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.logs.LogEntry;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.HostName;
import io.clusterdeck.views.cables.CablesView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.console.ConsoleLine;
import io.clusterdeck.views.console.ConsoleView;
import io.clusterdeck.views.hosts.HostView;
import io.clusterdeck.views.logs.MergedView;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.shell.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures of the hosts' pages, cables, console and logs, as {@link PicturesTest} takes them. */
@Tag("window")
class HostPicturesTest {

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void host(Theme theme, String language) throws IOException {
        PicturesTest.picture("host", theme, language, Samples.healthy(), s -> {
            s.model().pageProperty().set(new Page.Host("orders-prod", "h1"));
            ((HostView) s.view().page()).model().show(HostSamples.machine());
        });
    }

    @ParameterizedTest
    @CsvSource({"DARK,en", "LIGHT,zh"})
    void hostThatIsNotReached(Theme theme, String language) throws IOException {
        PicturesTest.picture("host-away", theme, language, Samples.healthy(), s -> {
            var h2 = new HostName("h2");
            var cluster = (SampleDeck.Cluster) s.live().cluster();
            cluster.unseen.put(
                    h2, Optional.of(new Unreachable(Say.of("ssh.lost", "host", h2), Say.of("ssh.lost.next"))));
            cluster.show(Samples.healthy()); // as the deck finds, too
            s.model().pageProperty().set(new Page.Host("orders-prod", "h2"));
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en,3", "DARK,zh,3", "DARK,en,12"})
    void cables(Theme theme, String language, int hosts) throws IOException {
        PicturesTest.picture("cables-" + hosts, theme, language, Samples.healthy(), s -> {
            s.cluster().turnTo(Tab.CABLES);
            ((CablesView) s.cluster().page()).model().show(HostSamples.cables(hosts));
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,zh", "DARK,en"})
    void console(Theme theme, String language) throws IOException {
        PicturesTest.picture("console", theme, language, Samples.healthy(), s -> {
            s.cluster().turnTo(Tab.CONSOLE);
            var lines = ((ConsoleView) s.cluster().page()).model().lines();
            type(lines);
        });
    }

    /** As somebody at work leaves a console. */
    static void type(List<ConsoleLine> lines) {
        lines.add(new ConsoleLine.Entered("9000", "get basket:4711"));
        lines.add(new ConsoleLine.Hop(Say.of("console.hop", "slot", 5798, "node", "10.20.0.175:9001")));
        answer(lines, new Reply.Text("3 apples"));
        lines.add(new ConsoleLine.Took(Say.of("console.took", "node", "10.20.0.175:9001", "t", "1.2 ms")));
        lines.add(new ConsoleLine.Entered("9000", "xinfo groups orders"));
        answer(
                lines,
                new Reply.Many(List.of(
                        new Reply.Many(List.of(
                                new Reply.Text("name"),
                                new Reply.Text("packers"),
                                new Reply.Text("pending"),
                                new Reply.Number(17),
                                new Reply.Nil())),
                        new Reply.Binary("\u0080\u0001x"))));
        lines.add(new ConsoleLine.Entered("9000", "get a b"));
        answer(lines, new Reply.Refused("ERR wrong number of arguments for 'get' command"));
        lines.add(new ConsoleLine.Entered("9000", "del basket:4711"));
        lines.add(new ConsoleLine.Failed(Say.of("console.locked", "command", "DEL"), Say.of("console.locked.next")));
    }

    private static void answer(List<ConsoleLine> lines, Reply reply) {
        Shown.of(reply).forEach(l -> lines.add(new ConsoleLine.Answer(l)));
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void logs(Theme theme, String language) throws IOException {
        PicturesTest.picture("logs", theme, language, Samples.healthy(), s -> {
            s.cluster().turnTo(Tab.LOGS);
            var model = ((MergedView) s.cluster().page()).model();
            model.follow(Set.of());
            var all = new ArrayList<LogEntry>();
            for (int port = 9000; port <= 9005; port++) {
                Nowhere.logs(Sample.id(port), 0, all::add);
            }
            all.sort(Comparator.comparing(LogEntry::at));
            model.entries().setAll(all);
        });
    }

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,zh"})
    void mutedFinding(Theme theme, String language) throws IOException {
        PicturesTest.picture(
                "muted", theme, language, Samples.healthy(), s -> s.deck().show("orders-prod", HostSamples.muted()));
    }
}
