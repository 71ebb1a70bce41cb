package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.redis.build.Mistake;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.parts.Wrapped;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/** The first page: what the cluster is called and which hosts it is to live on, added in one of four ways. */
final class HostsPage extends VBox {
    /** How hosts are added. */
    private enum Way {
        ONE,
        PASTE,
        CONFIG,
        BLUEPRINT
    }

    private final Look look;
    private final WizardModel model;
    private final HostsModel hosts;
    private final TabBar<Way> ways;
    private final VBox way = new VBox(10);
    private final VBox said = new VBox(8);
    private final Label count = new Label();
    private final Button trust;
    private final Button again;
    private final StringProperty file = new SimpleStringProperty("");
    private List<Mistake> inFile = List.of();

    HostsPage(Look look, WizardModel model) {
        super(18);
        this.look = look;
        this.model = model;
        this.hosts = model.hosts;
        var name = Field.text(look, model, "wizard.name", hosts.name, "name", false);
        name.setPrefWidth(320);
        var production = Field.check(look, "wizard.production", hosts.production);
        var first = new HBox(24, name, production);
        HBox.setMargin(production, new javafx.geometry.Insets(30, 0, 0, 0));
        ways = new TabBar<>(look, "wizard.way.", Way.values(), Way.ONE, "choices");
        var add = new VBox(12, look.label("wizard.hosts.add", "card-title"), ways, way, said);
        add.getStyleClass().add("card");
        count.getStyleClass().add("card-title");
        count.setMinWidth(USE_PREF_SIZE);
        trust = look.button("wizard.hosts.trust", hosts::trustAll, "link");
        again = look.button("wizard.hosts.again", hosts::lookAtAll, "link");
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var head = new HBox(16, count, gap, trust, again);
        head.setAlignment(Pos.CENTER_LEFT);
        head.managedProperty().bind(javafx.beans.binding.Bindings.isNotEmpty(hosts.rows));
        head.visibleProperty().bind(head.managedProperty());
        var missing = new Field(look, model, "wizard.hosts", new HostList(look, model), false, "hosts"::equals);
        missing.getChildren().removeFirst();
        getChildren().addAll(first, add, head, missing);
        ways.chosenProperty().subscribe(w -> lay());
        hosts.mistakes.subscribe(m -> tell());
        hosts.aliases.subscribe(a -> lay());
        hosts.rows.addListener((Observable o) -> rows());
        hosts.asking.subscribe(n -> trustable());
        look.tongue().wordsProperty().subscribe(w -> {
            lay();
            rows();
        });
        hosts.readAliases();
    }

    private void lay() {
        way.getChildren()
                .setAll(
                        switch (ways.chosenProperty().get()) {
                            case ONE -> one();
                            case PASTE -> paste();
                            case CONFIG -> config();
                            case BLUEPRINT -> blueprint();
                        });
        tell();
    }

    private List<Node> one() {
        var entry = Field.input(look, "wizard.entry", hosts.entry);
        entry.accessibleTextProperty().bind(look.tongue().text("wizard.hosts.add"));
        entry.setOnAction(e -> hosts.add());
        HBox.setHgrow(entry, Priority.ALWAYS);
        var row = new HBox(8, entry, button("wizard.hosts.add.go", hosts::add));
        var here = look.button("wizard.hosts.local", hosts::addThisComputer, "link");
        return List.of(row, signIn(), here);
    }

    private List<Node> paste() {
        var entry = new TextArea();
        Field.dress(look, "wizard.paste", entry);
        entry.accessibleTextProperty().bind(look.tongue().text("wizard.way.paste"));
        entry.textProperty().bindBidirectional(hosts.entry);
        entry.setPrefRowCount(5);
        var row = new HBox(button("wizard.hosts.add.go", hosts::add));
        return List.of(entry, signIn(), row);
    }

    /** How to sign in where the line itself does not say it. */
    private Node signIn() {
        var row = new FlowPane(14, 10);
        row.getChildren()
                .addAll(
                        brief("wizard.host.user", hosts.user, 110, "wizard-new-user"),
                        brief("wizard.host.secret", new PasswordField(), hosts.secret, 150, "wizard-new-secret"),
                        brief("wizard.host.auth", hosts.keys, 180, "wizard-new-keys"),
                        brief("wizard.host.jump", hosts.jump, 110, "wizard-new-jump"),
                        brief("wizard.host.port", hosts.port, 60, "wizard-new-port"));
        var password = Field.check(look, "wizard.host.password", hosts.password);
        return new VBox(10, row, password);
    }

    private VBox brief(String key, StringProperty value, double width, String id) {
        return brief(key, new TextField(), value, width, id);
    }

    private VBox brief(String key, TextField input, StringProperty value, double width, String id) {
        Field.dress(look, key, input);
        input.textProperty().bindBidirectional(value);
        input.setId(id);
        input.setPrefWidth(width);
        var label = look.label(key, "small", "muted");
        label.setLabelFor(input);
        input.accessibleTextProperty().bind(label.textProperty());
        return new VBox(4, label, input);
    }

    private List<Node> config() {
        var all = new FlowPane(8, 8);
        for (var alias : hosts.aliases.get()) {
            var add = new Button(alias.hostName().isEmpty() ? alias.name() : alias.name() + "  " + alias.hostName());
            add.getStyleClass().add("mono");
            add.setId("wizard-alias-" + alias.name());
            add.setOnAction(e -> hosts.add(alias));
            all.getChildren().add(add);
        }
        var text = look.label(
                hosts.aliases.get().isEmpty() ? "wizard.config.none" : "wizard.config.text", "muted", "wrapped");
        text.setWrapText(true);
        return List.of(text, all);
    }

    private List<Node> blueprint() {
        TextField path = Field.input(look, "wizard.file", file);
        path.accessibleTextProperty().bind(look.tongue().text("wizard.way.blueprint"));
        path.setOnAction(e -> open(file.get().strip()));
        HBox.setHgrow(path, Priority.ALWAYS);
        var text = look.label("wizard.file.text", "muted", "wrapped");
        text.setWrapText(true);
        var choose = button("wizard.choose", () -> {
            var chooser = new FileChooser();
            chooser.setTitle(look.tongue().say("wizard.way.blueprint"));
            chooser.getExtensionFilters()
                    .add(new FileChooser.ExtensionFilter(look.tongue().say("wizard.file.kind"), "*.yaml", "*.yml"));
            var chosen = chooser.showOpenDialog(getScene().getWindow());
            if (chosen != null) {
                file.set(chosen.toString());
                open(chosen.toString());
            }
        });
        return List.of(
                text,
                new HBox(
                        8,
                        path,
                        choose,
                        button("wizard.file.open", () -> open(file.get().strip()))));
    }

    private Button button(String key, Runnable action) {
        var button = look.button(key, action);
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private void open(String path) {
        DraftsModel.read(path, this::opened, this::failed);
    }

    private void opened(Reading reading) {
        inFile = List.of();
        hosts.mistakes.set(List.of());
        switch (reading) {
            case Reading.Good good -> {
                model.open(good);
                ways.chosenProperty().set(Way.ONE);
            }
            case Reading.Bad bad -> inFile = bad.mistakes();
        }
        tell();
    }

    private void failed(Failure why) {
        inFile = List.of();
        hosts.mistakes.set(List.of(why.what(), why.next()));
    }

    /** What could not be read: of a line in one sentence, of a file with each place. */
    private void tell() {
        var rows = new ArrayList<Node>();
        var words = look.tongue();
        for (Say mistake : hosts.mistakes.get()) {
            rows.add(mistake(words.say(mistake), ""));
        }
        if (ways.chosenProperty().get() == Way.BLUEPRINT) {
            for (var m : inFile) {
                var row = mistake(words.say(m.what()), words.say(m.allowed()));
                if (m.line() > 0) {
                    var place = words.say("wizard.file.place", "line", m.line(), "column", m.column());
                    row.getChildren().addFirst(new Wrapped(place, "small", "muted"));
                }
                rows.add(row);
            }
        }
        said.getChildren().setAll(rows);
        said.setVisible(!rows.isEmpty());
        said.setManaged(!rows.isEmpty());
    }

    private static VBox mistake(String what, String allowed) {
        var row = new VBox(2, new Wrapped(what));
        row.getStyleClass().add("mistake");
        if (!allowed.isEmpty()) {
            row.getChildren().add(new Wrapped(allowed, "small", "muted"));
        }
        return row;
    }

    private void rows() {
        count.setText(look.tongue().say("wizard.hosts.count", "n", hosts.rows.size()));
        trustable();
    }

    private void trustable() {
        trust.setVisible(hosts.asking.get() > 1);
        trust.setManaged(trust.isVisible());
    }
}
