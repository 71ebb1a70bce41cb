package io.clusterdeck.views.shell;

import io.clusterdeck.redis.drill.DrillWords;
import io.clusterdeck.redis.drill.Library;
import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.drill.Part;
import io.clusterdeck.views.find.Found;
import io.clusterdeck.views.find.Found.Kind;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.inspect.NodeWishes;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.parts.Glyph;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** What can be found of one cluster: itself, its pages, its hosts and nodes, and everything that can be done to them. FX thread. */
final class ClusterFinds {
    private final Look look;
    private final ShellModel model;
    private final Function<String, Optional<ClusterView>> at;
    private final ClusterSpec spec;
    private final String name;

    /** @param at turns to the page of a cluster, which may not be open yet */
    ClusterFinds(Look look, ShellModel model, Function<String, Optional<ClusterView>> at, ClusterSpec spec) {
        this.look = look;
        this.model = model;
        this.at = at;
        this.spec = spec;
        name = spec.name();
    }

    void add(List<Found> to) {
        to.add(Found.of(
                Kind.CLUSTER,
                name,
                say("desk.find.cluster"),
                () -> model.pageProperty().set(new Page.Cluster(name))));
        var live = model.open().get(name);
        if (live == null) {
            return;
        }
        pages(to);
        live.state().nodes().values().forEach(n -> node(live, n, to));
        spec.hosts().forEach(h -> host(h, to));
        var off = live.readOnly() ? say("views.act.off.readonly") : "";
        deeds(live, off, to);
        spec.hosts().forEach(h -> deeds(live, h, off, to));
        drills(to);
        toggles(live, to);
    }

    private void pages(List<Found> to) {
        for (var tab : Tab.values()) {
            var word = say("views.tab." + word(tab));
            to.add(Found.of(Kind.PAGE, word, name, () -> on(v -> v.turnTo(tab))).also(tab.name()));
        }
        for (var part : Part.values()) {
            var word = say("rehearse.part." + word(part));
            to.add(Found.of(Kind.PAGE, word, name, () -> on(v -> v.rehearse(part)))
                    .also(part.name()));
        }
        to.add(Found.of(
                Kind.PAGE, say("hosts.ways"), name, () -> model.pageProperty().set(new Page.Hosts(name))));
        to.add(Found.of(
                Kind.PAGE, say("desk.rescue"), name, () -> model.pageProperty().set(new Page.Rescue(name))));
    }

    private void deeds(Live live, String off, List<Found> to) {
        to.add(Found.of(Kind.ACTION, say("snapshots.take"), name, this::take));
        to.add(act(say("views.act.start.all"), live, new Wish.StartAll(), off));
        to.add(act(say("views.act.stop.all"), live, new Wish.StopAll(), off));
        to.add(act(say("desk.act.hand-back"), live, new Wish.HandBack(), off));
        var nodes = List.copyOf(live.state().nodes().keySet());
        to.add(act(say("desk.act.keep"), live, new Wish.KeepSettings(nodes), off));
        to.add(Found.of(Kind.ACTION, say("config.view.password"), name, () -> on(ClusterView::changePassword))
                .also("password")
                .off(off));
        to.add(Found.of(Kind.ACTION, say("desk.forget"), name, () -> model.forget(name)));
        if (spec.sites().stream().anyMatch(NodeSite::ours)) {
            to.add(Found.of(
                            Kind.ACTION,
                            say("desk.destroy"),
                            name,
                            () -> model.act()
                                    .wish("destroy " + name, () -> model.deck().destroy(name, false)))
                    .off(off));
        }
    }

    private void host(HostSpec host, List<Found> to) {
        var title = host.name().value();
        var where = name + (host.local() || host.address().equals(title) ? "" : " · " + host.address());
        to.add(Found.of(Kind.HOST, title, where, () -> model.pageProperty().set(new Page.Host(name, title))));
    }

    private void deeds(Live live, HostSpec host, String off, List<Found> to) {
        var words = look.tongue().words();
        var title = host.name().value();
        to.add(act(words.say("desk.act.clear", "what", title), live, new Wish.ClearHost(title), off));
        to.add(act(words.say("desk.act.cure", "host", title), live, new Wish.CureHosts(List.of(host.name())), off));
    }

    /** Each is only shown: its page says what it needs and risks, and begins it. */
    private void drills(List<Found> to) {
        for (var drill : Library.all()) {
            var title = look.tongue().words().say("desk.act.drill", "drill", DrillWords.title(drill.name()));
            to.add(Found.of(Kind.ACTION, title, name, () -> on(v -> v.rehearse(drill)))
                    .also("drill " + drill.name()));
        }
    }

    private void node(Live live, Node node, List<Found> to) {
        var id = node.id();
        var title = live.name(id);
        var where = name + " · " + node.address()
                + node.host().map(h -> " · " + h.value()).orElse("");
        to.add(Found.of(Kind.NODE, title, where, () -> on(v -> live.choose(id))));
        for (var choice : NodeWishes.of(look.tongue().words(), live, node)) {
            to.add(act(choice.title(), live, choice.wish(), choice.off()));
        }
        var words = look.tongue().words();
        var unmatched = live.cluster().unmatched(node).map(u -> words.say(u.what()));
        to.add(Found.of(Kind.ACTION, words.say("desk.act.follow", "node", title), name, () -> on(v -> v.follow(id)))
                .also("logs")
                .off(unmatched.orElse("")));
        to.add(Found.of(Kind.ACTION, words.say("desk.act.console", "node", title), name, () -> on(v -> v.console(id)))
                .also("console redis-cli"));
    }

    private Found act(String title, Live live, Wish wish, String off) {
        return Found.of(Kind.ACTION, title, name, () -> on(v -> live.wish(wish)))
                .also(wish.getClass().getSimpleName())
                .off(off);
    }

    private void toggles(Live live, List<Found> to) {
        var s = live.specProperty().get();
        Consumer<Failure> failed = model.act()::failed;
        to.add(Found.of(
                Kind.SETTING,
                say("views.production.switch"),
                name + " · " + state(s.production()),
                () -> live.keep(s.production(!s.production()), failed)));
        to.add(Found.of(
                Kind.SETTING,
                say("views.readonly.switch"),
                name + " · " + state(s.readOnly()),
                () -> live.keep(s.readOnly(!s.readOnly()), failed)));
    }

    private void take() {
        Work.begin(
                "take a snapshot of " + name,
                () -> model.deck().archive().take(name),
                kept -> model.notices()
                        .tell(Notice.of(Glyph.Kind.DONE, Say.of("snapshots.taken"))
                                .more(Say.of("desk.on.cluster", "cluster", name))
                                .way("desk.notice.show", () -> on(v -> v.turnTo(Tab.HISTORY)))),
                model.act()::failed);
    }

    private void on(Consumer<ClusterView> page) {
        at.apply(name).ifPresent(page);
    }

    private String state(boolean on) {
        return say(on ? "desk.on" : "desk.off");
    }

    private static String word(Enum<?> of) {
        return of.name().toLowerCase(Locale.ROOT);
    }

    private String say(String key) {
        return look.tongue().say(key);
    }
}
