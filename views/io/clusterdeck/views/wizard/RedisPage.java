package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.KnownReleases;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.TabBar;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.wizard.RedisModel.Build;
import io.clusterdeck.views.wizard.RedisModel.Kind;
import io.clusterdeck.views.wizard.RedisModel.Malloc;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;

/** Which Redis, where it comes from, how it is checked and built. */
final class RedisPage extends VBox {
    private final Look look;
    private final WizardModel model;
    private final RedisModel redis;
    private final VBox details = new VBox(16);
    private final VBox sum = new VBox(6);
    private final TabBar<Build> build;
    private final TabBar<Malloc> malloc;

    RedisPage(Look look, WizardModel model) {
        super(20);
        this.look = look;
        this.model = model;
        this.redis = model.redis;
        setMaxWidth(760);
        build = new TabBar<>(look, "wizard.build.", Build.values(), redis.build.get(), "choices").wrapping();
        build.chosenProperty().bindBidirectional(redis.build);
        malloc = new TabBar<>(look, "wizard.malloc.", Malloc.values(), redis.malloc.get(), "choices").wrapping();
        malloc.chosenProperty().bindBidirectional(redis.malloc);
        var sources = new VBox(10);
        var group = new ToggleGroup();
        for (var kind : Kind.values()) {
            sources.getChildren().add(source(kind, group));
        }
        getChildren().addAll(look.label("wizard.redis.source", "card-title"), sources, details);
        redis.kind.subscribe(k -> lay());
        redis.version.subscribe(v -> known());
        redis.url.subscribe(u -> known());
        look.tongue().wordsProperty().subscribe(w -> lay());
    }

    private VBox source(Kind kind, ToggleGroup group) {
        var word = kind.name().toLowerCase(Locale.ROOT);
        var choice = new RadioButton();
        choice.setId("wizard-source-" + word);
        choice.setToggleGroup(group);
        choice.textProperty().bind(look.tongue().text("wizard.source." + word));
        choice.getStyleClass().add("strong");
        redis.kind.subscribe(k -> choice.setSelected(k == kind));
        choice.selectedProperty().addListener((p, was, now) -> {
            if (now) {
                redis.kind.set(kind);
            }
        });
        var text = look.label("wizard.source." + word + ".text", "small", "muted", "wrapped");
        text.setWrapText(true);
        text.getStyleClass().add("below-radio");
        return new VBox(2, choice, text);
    }

    private void lay() {
        var rows = new ArrayList<Node>();
        var kind = redis.kind.get();
        if (kind != Kind.PACKAGED) {
            rows.add(version());
        }
        switch (kind) {
            case DOWNLOAD -> {
                var url = Field.text(look, model, "wizard.redis.url", redis.url, "redis.url", true);
                rows.add(url);
            }
            case UPLOAD -> rows.add(file("wizard.redis.tarball", redis.tarball, false));
            case PROGRAMS -> rows.add(file("wizard.redis.programs", redis.programs, true));
            case INSTALLED ->
                rows.add(Field.text(look, model, "wizard.redis.folder", redis.folder, "redis.folder", true));
            case PACKAGED -> {}
        }
        if (kind != Kind.PACKAGED && kind != Kind.INSTALLED) {
            rows.add(sum);
            known();
        }
        if (redis.compiles()) {
            rows.add(new Field(look, model, "wizard.redis.build", build, true, "redis.build"::equals));
            rows.add(new Field(look, model, "wizard.redis.malloc", malloc, true, "redis.malloc"::equals));
        }
        details.getChildren().setAll(rows);
    }

    private Field version() {
        var box = new ComboBox<String>();
        box.setId("wizard-redis-version");
        box.setEditable(true);
        box.getItems().setAll(KnownReleases.versions());
        box.getStyleClass().add("mono");
        box.getEditor().textProperty().bindBidirectional(redis.version);
        box.setPrefWidth(180);
        return new Field(look, model, "wizard.redis.version", box, false, "redis.version"::equals);
    }

    private Field file(String key, StringProperty value, boolean folder) {
        var input = Field.input(look, key, value);
        HBox.setHgrow(input, Priority.ALWAYS);
        var row = new HBox(8, input, button("wizard.choose", () -> choose(value)));
        if (folder) {
            row.getChildren().add(button("wizard.choose.folder", () -> chooseFolder(value)));
        }
        var field = new Field(look, model, key, row, true, "redis.file"::equals);
        input.accessibleTextProperty().bind(look.tongue().text(key));
        return field;
    }

    private Button button(String key, Runnable action) {
        var button = look.button(key, action);
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private void choose(StringProperty value) {
        var chooser = new FileChooser();
        chooser.setTitle(look.tongue().say("wizard.redis.source"));
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter(look.tongue().say("wizard.redis.kind"), "*.tar.gz", "*.tgz"));
        var chosen = chooser.showOpenDialog(getScene().getWindow());
        if (chosen != null) {
            value.set(chosen.toString());
        }
    }

    private void chooseFolder(StringProperty value) {
        var chooser = new DirectoryChooser();
        chooser.setTitle(look.tongue().say("wizard.redis.source"));
        var chosen = chooser.showDialog(getScene().getWindow());
        if (chosen != null) {
            value.set(chosen.toString());
        }
    }

    /** Known to the program, or to be entered. */
    private void known() {
        var known = redis.compiles() ? redis.known() : Optional.<String>empty();
        boolean own = redis.kind.get() == Kind.UPLOAD || !redis.url.get().isBlank();
        if (known.isPresent() && own) {
            var entry = Field.text(look, model, "wizard.redis.sha256", redis.sha256, "redis.sha256", false);
            var text = new Wrapped(look.tongue().say("wizard.redis.sha256.own"), "small", "muted");
            sum.getChildren().setAll(entry, text, new Wrapped(known.get(), "mono", "small", "muted"));
        } else if (known.isPresent() && redis.sha256.get().isBlank()) {
            var title = look.label("wizard.redis.sha256", "strong");
            var value = new Wrapped(known.get(), "mono");
            var text = new Wrapped(look.tongue().say("wizard.redis.sha256.known"), "small", "ok-text");
            text.setGraphic(new Glyph(Glyph.Kind.DONE));
            text.setGraphicTextGap(6);
            sum.getChildren().setAll(title, value, text);
        } else {
            var key = redis.kind.get() == Kind.PROGRAMS ? "wizard.redis.sum" : "wizard.redis.sha256";
            sum.getChildren().setAll(Field.text(look, model, key, redis.sha256, "redis.sha256", true));
        }
    }
}
