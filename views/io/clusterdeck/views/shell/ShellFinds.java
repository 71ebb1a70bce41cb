package io.clusterdeck.views.shell;

import io.clusterdeck.views.cluster.ClusterView;
import io.clusterdeck.views.find.Found;
import io.clusterdeck.views.find.Found.Kind;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.look.Theme;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What can be found in the window: the clusters with all that is theirs, the other pages, the doors, and every setting. FX thread. */
final class ShellFinds {
    private final Look look;
    private final ShellModel model;
    private final Function<String, Optional<ClusterView>> at;
    private final Runnable bring;

    /**
     * @param at turns to the page of a cluster, which may not be open yet
     * @param bring asks for a snapshot's file and shows what is in it
     */
    ShellFinds(Look look, ShellModel model, Function<String, Optional<ClusterView>> at, Runnable bring) {
        this.look = look;
        this.model = model;
        this.at = at;
        this.bring = bring;
    }

    Stream<Found> all() {
        var all = new ArrayList<Found>();
        // of what is found equally well, that of the cluster which is looked at comes first
        var shown = shown();
        model.clustersProperty().get().stream()
                .sorted(Comparator.comparing(spec -> !spec.name().equals(shown)))
                .forEach(spec -> new ClusterFinds(look, model, at, spec).add(all));
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

    private void pages(List<Found> to) {
        to.add(page("views.nav.runs", new Page.Runs()));
        to.add(page("views.nav.snapshots", new Page.Snapshots()));
        to.add(page("desk.audit", new Page.Audit()));
        to.add(page("views.settings", new Page.Settings()).keys(Keys.SETTINGS.shown()));
        to.add(Found.of(Kind.ACTION, say("views.door.build"), "", model::build).keys(Keys.BUILD.shown()));
        for (var draft : model.drafts().linesProperty().get()) {
            to.add(Found.of(
                    Kind.PAGE,
                    draft.name().isEmpty() ? say("views.nav.unnamed") : draft.name(),
                    say("views.nav.draft"),
                    () -> model.pageProperty().set(new Page.Draft(draft.id()))));
        }
        to.add(page("views.door.adopt", new Page.Adopt()));
        to.add(Found.of(Kind.ACTION, say("desk.act.import"), "", bring).also("import"));
        to.add(Found.of(
                Kind.PAGE,
                say("desk.support"),
                say("views.settings"),
                () -> model.pageProperty().set(new Page.Settings())));
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
