package io.clusterdeck.views.shell;

import io.clusterdeck.redis.model.ClusterSpec;
import io.clusterdeck.redis.model.Node;
import io.clusterdeck.redis.model.NodeSite;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.HostSpec;
import io.clusterdeck.views.act.Wish;
import io.clusterdeck.views.cluster.Tab;
import io.clusterdeck.views.find.Found;
import io.clusterdeck.views.find.Found.Kind;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.inspect.NodeWishes;
import io.clusterdeck.views.live.Live;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import io.clusterdeck.views.notice.Notice;
import io.clusterdeck.views.parts.Glyph;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What of the window itself can be found: clusters, their pages, nodes and actions, the other pages, and every setting. FX thread. */
final class ShellFinds {
    private final Look look;
    private final ShellModel model;
    private final BiConsumer<String, Tab> turnTo;

    /** @param turnTo opens a tab of a cluster */
    ShellFinds(Look look, ShellModel model, BiConsumer<String, Tab> turnTo) {
        this.look = look;
        this.model = model;
        this.turnTo = turnTo;
    }

    Stream<Found> all() {
        var all = new ArrayList<Found>();
        // of what is found equally well, that of the cluster which is looked at comes first
        var shown = shown();
        model.clustersProperty().get().stream()
                .sorted(Comparator.comparing(spec -> !spec.name().equals(shown)))
                .forEach(spec -> cluster(spec, all));
        pages(all);
        settings(all);
        return all.stream();
    }

    private String shown() {
        return switch (model.pageProperty().get()) {
            case Page.Cluster c -> c.name();
            case Page.Host h -> h.cluster();
            case Page.Rescue r -> r.cluster();
            case Page.Hosts h -> h.cluster();
            default -> "";
        };
    }

    private void cluster(ClusterSpec spec, List<Found> to) {
        var name = spec.name();
        Runnable open = () -> model.pageProperty().set(new Page.Cluster(name));
        to.add(Found.of(Kind.CLUSTER, name, say("desk.find.cluster"), open));
        var live = model.open().get(name);
        if (live == null) {
            return;
        }
        for (var tab : Tab.values()) {
            var word = look.tongue().say("views.tab." + tab.name().toLowerCase(Locale.ROOT));
            to.add(Found.of(Kind.PAGE, word, name, () -> turnTo.accept(name, tab))
                    .also(tab.name()));
        }
        live.state().nodes().values().forEach(n -> node(name, live, n, to));
        spec.hosts().forEach(h -> host(name, h, to));
        to.add(Found.of(Kind.ACTION, say("snapshots.take"), name, () -> take(name)));
        to.add(Found.of(
                Kind.PAGE, say("hosts.ways"), name, () -> model.pageProperty().set(new Page.Hosts(name))));
        to.add(Found.of(
                Kind.PAGE, say("desk.rescue"), name, () -> model.pageProperty().set(new Page.Rescue(name))));
        var off = live.readOnly() ? say("views.act.off.readonly") : "";
        to.add(act(name, say("views.act.start.all"), live, new Wish.StartAll(), off));
        to.add(act(name, say("views.act.stop.all"), live, new Wish.StopAll(), off));
        to.add(act(name, say("desk.act.hand-back"), live, new Wish.HandBack(), off));
        var nodes = List.copyOf(live.state().nodes().keySet());
        to.add(act(name, say("desk.act.keep"), live, new Wish.KeepSettings(nodes), off));
        spec.hosts().forEach(h -> deeds(name, live, h, off, to));
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
        toggles(name, live, to);
    }

    private void host(String cluster, HostSpec host, List<Found> to) {
        var name = host.name().value();
        var where = cluster + (host.local() || host.address().equals(name) ? "" : " · " + host.address());
        to.add(Found.of(Kind.HOST, name, where, () -> model.pageProperty().set(new Page.Host(cluster, name))));
    }

    private void deeds(String cluster, Live live, HostSpec host, String off, List<Found> to) {
        var name = host.name().value();
        var words = look.tongue().words();
        to.add(act(cluster, words.say("desk.act.clear", "what", name), live, new Wish.ClearHost(name), off));
        to.add(act(cluster, words.say("desk.act.cure", "host", name), live, new Wish.CureHost(host.name()), off));
    }

    private void take(String cluster) {
        Work.begin(
                "take a snapshot of " + cluster,
                () -> model.deck().archive().take(cluster),
                kept -> model.notices()
                        .tell(Notice.of(Glyph.Kind.DONE, Say.of("snapshots.taken"))
                                .more(Say.of("desk.on.cluster", "cluster", cluster))
                                .way("desk.notice.show", () -> turnTo.accept(cluster, Tab.HISTORY))),
                model.act()::failed);
    }

    private void toggles(String name, Live live, List<Found> to) {
        var s = live.specProperty().get();
        var failed = (java.util.function.Consumer<io.clusterdeck.say.Failure>) model.act()::failed;
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

    private String state(boolean on) {
        return say(on ? "desk.on" : "desk.off");
    }

    private void node(String cluster, Live live, Node node, List<Found> to) {
        var where = cluster + " · " + node.address()
                + node.host().map(h -> " · " + h.value()).orElse("");
        to.add(Found.of(Kind.NODE, live.name(node.id()), where, () -> {
            model.pageProperty().set(new Page.Cluster(cluster));
            live.choose(node.id());
        }));
        for (var choice : NodeWishes.of(look.tongue().words(), live, node)) {
            to.add(act(cluster, choice.title(), live, choice.wish(), choice.off()));
        }
    }

    private Found act(String cluster, String title, Live live, Wish wish, String off) {
        Runnable go = () -> {
            model.pageProperty().set(new Page.Cluster(cluster));
            live.wish(wish);
        };
        return Found.of(Kind.ACTION, title, cluster, go)
                .also(wish.getClass().getSimpleName())
                .off(off);
    }

    private void pages(List<Found> to) {
        to.add(page("views.nav.runs", new Page.Runs()));
        to.add(page("views.nav.snapshots", new Page.Snapshots()));
        to.add(page("desk.audit", new Page.Audit()));
        to.add(page("views.settings", new Page.Settings()).keys(Keys.SETTINGS.shown()));
        to.add(Found.of(Kind.ACTION, say("views.door.build"), "", model::build).keys(Keys.BUILD.shown()));
        to.add(page("views.adopt", new Page.Adopt()));
        to.add(Found.of(Kind.ACTION, say("views.door.try"), "", model::tryIt));
        to.add(Found.of(
                        Kind.ACTION,
                        say("desk.keys"),
                        "",
                        () -> model.keysProperty().set(true))
                .keys(Keys.HELP.shown()));
    }

    private Found page(String key, Page page) {
        return Found.of(Kind.PAGE, say(key), "", () -> model.pageProperty().set(page));
    }

    private void settings(List<Found> to) {
        var theme = say("views.settings.theme");
        to.add(setting(say("views.settings.theme.desktop"), theme, () -> theme(Optional.empty())));
        for (var one : Theme.values()) {
            var word = say("views.settings.theme." + one.name().toLowerCase(Locale.ROOT));
            to.add(setting(word, theme, () -> theme(Optional.of(one))).also(one.name()));
        }
        var tongue = say("views.settings.language");
        to.add(setting(
                say("views.settings.theme.desktop"), tongue, () -> look.tongue().choose(Optional.empty())));
        for (var locale : SettingsView.LANGUAGES) {
            to.add(setting(
                    locale.getDisplayLanguage(locale),
                    tongue,
                    () -> look.tongue().choose(Optional.of(locale))));
        }
        for (int percent : SettingsView.SCALES) {
            to.add(setting(
                    percent + " %",
                    say("desk.settings.scale"),
                    () -> look.themes().scaleProperty().set(percent / 100.0)));
        }
    }

    private static Found setting(String title, String of, Runnable set) {
        return Found.of(Kind.SETTING, title, of, set);
    }

    private void theme(Optional<Theme> theme) {
        look.themes().choiceProperty().set(theme);
    }

    private String say(String key) {
        return look.tongue().say(key);
    }
}
