package io.clusterdeck.views.wizard;

import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Columns;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.wizard.ConfModel.From;
import io.clusterdeck.views.wizard.ConfModel.Reach;
import io.clusterdeck.views.wizard.ConfModel.Writes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import javafx.beans.Observable;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** What the nodes' redis.conf is to say, with the file beside it as it will be. */
final class ConfPage extends Columns {
    private static final List<String> POLICIES = List.of(
            "noeviction",
            "allkeys-lru",
            "allkeys-lfu",
            "allkeys-random",
            "volatile-lru",
            "volatile-lfu",
            "volatile-random",
            "volatile-ttl");

    private final Look look;
    private final WizardModel model;
    private final ConfModel conf;

    ConfPage(Look look, WizardModel model) {
        super(340, 28, 2);
        this.look = look;
        this.model = model;
        this.conf = model.conf;
        var form = new VBox(
                26,
                section("wizard.conf.disk", writes(), saves()),
                section("wizard.conf.memory", memory(), policy()),
                section("wizard.conf.outage", timeout()),
                section("wizard.conf.password", password()),
                section("wizard.conf.tls", new TlsFields(look, model)),
                section("wizard.conf.users", hint("wizard.conf.users.text"), new UsersView(look, model)),
                section(
                        "wizard.conf.places",
                        Field.text(look, model, "wizard.root", conf.root, "layout.root", true),
                        Field.text(look, model, "wizard.data", conf.data, "layout.data", false),
                        Field.text(look, model, "wizard.account", conf.account, "layout.user", true)),
                section("wizard.conf.network", hint("wizard.conf.network.text"), addresses(), reach()),
                section("wizard.conf.kernel", Field.check(look, "wizard.cure", conf.cure)),
                section("wizard.conf.more", more()));
        getChildren().addAll(form, new ConfDiff(look, model));
    }

    private VBox section(String key, Node... parts) {
        var box = new VBox(14, look.label(key, "card-title"));
        box.getChildren().addAll(parts);
        return box;
    }

    private Label hint(String key) {
        var text = look.label(key, "small", "muted", "wrapped");
        text.setWrapText(true);
        text.setMinHeight(USE_PREF_SIZE);
        return text;
    }

    private Node writes() {
        var bar = new TabBar<>(look, "wizard.writes.", Writes.values(), conf.writes(), "choices").wrapping();
        conf.config.subscribe(c -> bar.chosenProperty().set(conf.writes()));
        bar.chosenProperty().addListener((p, was, now) -> conf.setWrites(now));
        var text = new Wrapped("", "small", "muted");
        repaint(() -> text.setText(
                look.tongue().say("wizard.writes." + conf.writes().name().toLowerCase(Locale.ROOT) + ".text")));
        return new VBox(6, bar, text);
    }

    private Field saves() {
        return directive(
                "save",
                lines -> lines.stream().map(l -> l.equals("\"\"") ? "off" : l).collect(Collectors.joining(", ")),
                text -> text.isBlank()
                        ? List.of()
                        : text.strip().equals("off")
                                ? List.of("\"\"")
                                : List.of(text.strip().split("\\s*,\\s*")));
    }

    private Field memory() {
        return directive("maxmemory", ConfPage::last, ConfPage::oneLine);
    }

    private static String last(List<String> lines) {
        return lines.isEmpty() ? "" : lines.getLast();
    }

    private static List<String> oneLine(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip());
    }

    /** A field on a directive; the directives are the truth, the field shows them. */
    private Field directive(
            String directive, Function<List<String>, String> shown, Function<String, List<String>> lines) {
        var key = "wizard.directive." + directive;
        var input = new TextField();
        Field.dress(look, key, input);
        input.textProperty().addListener((p, was, now) -> conf.set(directive, lines.apply(now)));
        conf.config.subscribe(c -> {
            var now = c.getOrDefault(directive, List.of());
            if (!lines.apply(input.getText()).equals(now)) {
                input.setText(shown.apply(now));
            }
        });
        return new Field(look, model, key, input, true, ("config." + directive)::equals);
    }

    private Field policy() {
        var box = new ComboBox<String>();
        box.setId("wizard-policy");
        box.getItems().setAll(POLICIES);
        box.getStyleClass().add("mono");
        conf.config.subscribe(c -> {
            var now = conf.one("maxmemory-policy");
            box.setValue(now.isEmpty() ? POLICIES.getFirst() : now);
        });
        box.valueProperty().addListener((p, was, now) -> {
            var present = conf.one("maxmemory-policy");
            if (now != null && !now.equals(present.isEmpty() ? POLICIES.getFirst() : present)) {
                conf.setOne("maxmemory-policy", now);
            }
        });
        return new Field(look, model, "wizard.policy", box, true, "config.maxmemory-policy"::equals);
    }

    private Node timeout() {
        var field = directive("cluster-node-timeout", ConfPage::last, ConfPage::oneLine);
        var means = new Wrapped("", "muted");
        means.setId("wizard-outage");
        repaint(() -> means.setText(look.tongue()
                .say(
                        conf.timeout() < 2000 ? "wizard.outage.short" : "wizard.outage",
                        "t",
                        conf.timeout(),
                        "most",
                        conf.timeout() + conf.timeout() / 10 + 2000)));
        return new VBox(8, field, means);
    }

    private Node password() {
        var bar = new TabBar<>(look, "wizard.from.", From.values(), conf.from.get(), "choices").wrapping();
        bar.chosenProperty().bindBidirectional(conf.from);
        var more = new VBox(8);
        var typed = new PasswordField();
        typed.setId("wizard-password");
        typed.textProperty().bindBidirectional(conf.typed);
        var entered = new Field(look, model, "wizard.password", typed, true, "password.typed"::equals);
        var file = Field.text(look, model, "wizard.password.file", conf.file, "password", true);
        var none = new HBox(8, new Glyph(Glyph.Kind.WARN), new Wrapped("", "warn-text"));
        ((Label) none.getChildren().getLast()).textProperty().bind(look.tongue().text("wizard.from.none.text"));
        none.setAlignment(Pos.TOP_LEFT);
        HBox.setMargin(none.getChildren().getFirst(), new Insets(4, 0, 0, 0));
        var made = hint("wizard.from.generate.text");
        conf.from.subscribe(f -> more.getChildren()
                .setAll(
                        switch (f) {
                            case GENERATE -> made;
                            case ASK -> entered;
                            case FILE -> file;
                            case NONE -> none;
                        }));
        return new VBox(10, bar, more);
    }

    private Node addresses() {
        var grid = new GridPane(10, 8);
        model.hosts.rows.addListener((Observable o) -> lay(grid));
        look.tongue().wordsProperty().subscribe(w -> lay(grid));
        return grid;
    }

    private void lay(GridPane grid) {
        var names = model.hosts.rows.stream().map(HostRow::called).toList();
        if (grid.getUserData() instanceof List<?> before
                && before.equals(new ArrayList<Object>(model.hosts.rows))
                && grid.getChildren().size() > 3) {
            for (int i = 0; i < names.size(); i++) {
                ((Label) grid.getChildren().get(3 + 3 * i)).setText(names.get(i));
            }
            return;
        }
        grid.setUserData(new ArrayList<Object>(model.hosts.rows));
        grid.getChildren().clear();
        grid.addRow(
                0,
                look.label("wizard.column.host", "small", "muted"),
                look.label("wizard.host.bind", "small", "muted"),
                look.label("wizard.host.announce", "small", "muted"));
        for (int i = 0; i < names.size(); i++) {
            var row = model.hosts.rows.get(i);
            var bind = Field.input(look, "wizard.host.bind", row.bind);
            var announce = Field.input(look, "wizard.host.announce", row.announce);
            bind.setId("wizard-bind-" + i);
            announce.setId("wizard-announce-" + i);
            bind.setAccessibleText(look.tongue().say("wizard.host.bind") + " " + names.get(i));
            announce.setAccessibleText(look.tongue().say("wizard.host.announce") + " " + names.get(i));
            GridPane.setHgrow(bind, Priority.ALWAYS);
            GridPane.setHgrow(announce, Priority.ALWAYS);
            grid.addRow(i + 1, new Label(names.get(i)), bind, announce);
        }
    }

    private Node reach() {
        var bar = new TabBar<>(look, "wizard.reach.", Reach.values(), conf.reach.get(), "choices").wrapping();
        bar.chosenProperty().bindBidirectional(conf.reach);
        return new Field(look, model, "wizard.reach", bar, true, "access"::equals);
    }

    private Field more() {
        var text = new TextArea();
        Field.dress(look, "wizard.more", text);
        text.setPrefRowCount(4);
        text.textProperty().bindBidirectional(conf.more);
        return new Field(
                look,
                model,
                "wizard.more",
                text,
                true,
                f -> f.equals("config")
                        || f.startsWith("config.") && !ConfModel.FIELDS.contains(f.substring("config.".length())));
    }

    private void repaint(Runnable paint) {
        conf.config.subscribe(c -> paint.run());
        look.tongue().wordsProperty().subscribe(w -> paint.run());
    }
}
