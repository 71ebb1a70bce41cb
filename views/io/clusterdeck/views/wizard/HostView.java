package io.clusterdeck.views.wizard;

import io.clusterdeck.redis.build.HostCheck;
import io.clusterdeck.ssh.Asker.Want;
import io.clusterdeck.views.ask.AskModel.Question;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Glyph;
import io.clusterdeck.views.parts.Wrapped;
import io.clusterdeck.views.wizard.HostRow.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.PasswordField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** A host: what was seen there check by check, what it asks, each cure beside what needs it, and the form of what was entered. */
final class HostView extends VBox {
    private final Look look;
    private final WizardModel model;
    private final HostRow row;
    private final Glyph glyph = new Glyph(Glyph.Kind.UNKNOWN);
    private final Label name = new Label();
    private final Label address = new Label();
    private final FlowPane checks = new FlowPane(14, 6);
    private final VBox told = new VBox(6);

    HostView(Look look, WizardModel model, HostRow row) {
        super(10);
        this.look = look;
        this.model = model;
        this.row = row;
        getStyleClass().add("wizard-host");
        name.getStyleClass().add("card-title");
        name.setMinWidth(USE_PREF_SIZE);
        address.getStyleClass().addAll("mono", "muted");
        address.setMinWidth(0);
        var gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        var again = button("wizard.host.again", () -> model.hosts.look(row));
        var edit = new ToggleButton();
        edit.getStyleClass().setAll("link");
        edit.textProperty().bind(look.tongue().text("wizard.host.edit"));
        edit.setMinWidth(USE_PREF_SIZE);
        var remove = button("wizard.host.remove", () -> model.hosts.remove(row));
        List.of(again, edit, remove)
                .forEach(b -> b.accessibleTextProperty()
                        .bind(javafx.beans.binding.Bindings.concat(b.textProperty(), " ", row.name)));
        var head = new HBox(10, glyph, name, address, gap, again, edit, remove);
        head.setAlignment(Pos.CENTER_LEFT);
        edit.selectedProperty().addListener((p, was, now) -> {
            if (now) {
                var form = new HostForm(look, model, row);
                getChildren().add(form);
                form.focus();
            } else {
                getChildren().removeLast();
                model.hosts.look(row);
            }
        });
        getChildren().addAll(head, checks, told);
        row.seen.subscribe(s -> paint());
        row.questions.presentProperty().subscribe(q -> paint());
        row.name.subscribe(n -> title());
        row.address.subscribe(a -> title());
        row.user.subscribe(u -> title());
        row.port.subscribe(u -> title());
        model.layout.sketchProperty().subscribe(s -> paint());
        model.redis.kind.subscribe(k -> paint());
        look.tongue().wordsProperty().subscribe(w -> paint());
    }

    String called() {
        return row.called();
    }

    private Button button(String key, Runnable action) {
        var button = look.button(key, action, "link");
        button.setMinWidth(USE_PREF_SIZE);
        return button;
    }

    private void title() {
        name.setText(row.called());
        var user = row.user.get().isBlank() ? "" : row.user.get().strip() + "@";
        var port = row.port.get().isBlank() ? "" : ":" + row.port.get().strip();
        var where = user + row.address.get().strip() + port;
        address.setText(where.equals(row.called()) ? "" : where);
    }

    private void paint() {
        title();
        checks.getChildren().clear();
        told.getChildren().clear();
        var asked = row.questions.presentProperty().get();
        if (asked.isPresent()) {
            glyph.show(Glyph.Kind.NOTE);
            told.getChildren().add(question(asked.get().question()));
        } else {
            switch (row.seen.get()) {
                case Seen.Waiting w -> {
                    glyph.show(Glyph.Kind.UNKNOWN);
                    told.getChildren().add(new Wrapped(look.tongue().say("wizard.host.waiting"), "small", "muted"));
                }
                case Seen.Looking l -> {
                    glyph.show(Glyph.Kind.BUSY);
                    told.getChildren().add(new Wrapped(look.tongue().say("wizard.host.looking"), "small", "muted"));
                }
                case Seen.Failed f -> {
                    glyph.show(Glyph.Kind.BAD);
                    told.getChildren()
                            .addAll(
                                    new Wrapped(look.tongue().say(f.why().what()), "bad-text"),
                                    new Wrapped(look.tongue().say(f.why().next()), "small", "muted"));
                }
                case Seen.Found f -> found(row.checks(model.wanted()));
            }
        }
        for (var part : List.of(checks, told)) {
            part.setVisible(!part.getChildren().isEmpty());
            part.setManaged(part.isVisible());
        }
    }

    private void found(List<HostCheck> all) {
        glyph.show(mark(HostCheck.worst(all)));
        all.forEach(c -> checks.getChildren().add(brief(c)));
        all.stream()
                .filter(c -> c.state().ordinal() >= HostCheck.State.WARN.ordinal())
                .forEach(c -> told.getChildren().add(cure(c)));
        setAccessibleText(row.called() + ": "
                + all.stream().map(c -> look.tongue().say(c.what())).collect(Collectors.joining(" ")));
    }

    private HBox brief(HostCheck check) {
        var mark = new Glyph(mark(check.state()));
        var label = new Label(look.tongue()
                .say(
                        "wizard.check." + HostCheck.word(check.kind()),
                        "is",
                        look.tongue().say(check.brief())));
        label.getStyleClass().addAll("small", "muted");
        var what = new javafx.scene.control.Tooltip(look.tongue().say(check.what()));
        label.setTooltip(what);
        var box = new HBox(6, mark, label);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private HBox cure(HostCheck check) {
        var mark = new Glyph(mark(check.state()));
        HBox.setMargin(mark, new Insets(4, 0, 0, 0));
        var text = new VBox(
                2,
                new Wrapped(
                        look.tongue().say(check.what()),
                        check.state() == HostCheck.State.BAD ? "bad-text" : "warn-text"),
                new Wrapped(look.tongue().say(check.next()), "small", "muted"));
        HBox.setHgrow(text, Priority.ALWAYS);
        return new HBox(8, mark, text);
    }

    private static Glyph.Kind mark(HostCheck.State state) {
        return switch (state) {
            case GOOD -> Glyph.Kind.DONE;
            case NOTE -> Glyph.Kind.NOTE;
            case WARN -> Glyph.Kind.WARN;
            case BAD -> Glyph.Kind.BAD;
        };
    }

    private Node question(Question question) {
        return switch (question) {
            case Question.Trust t -> {
                var key = new Wrapped(t.keyType() + "  " + t.fingerprint(), "mono");
                var inset = new VBox(key);
                inset.getStyleClass().add("inset");
                yield new VBox(
                        8,
                        new Wrapped(look.tongue()
                                .say("views.ask.trust.why", "address", t.host().address())),
                        inset,
                        answers("views.ask.trust.yes", () -> row.questions.answer(Optional.of("yes"))));
            }
            case Question.HostSecret s -> secret(s.want());
            case Question.Confirm c -> new VBox();
            case Question.ClusterPassword p -> new VBox();
        };
    }

    private VBox secret(Want want) {
        var title = look.tongue()
                .say(
                        "views.ask.secret." + want.kind().name().toLowerCase(Locale.ROOT),
                        "host",
                        row.called(),
                        "what",
                        want.what());
        var field = new PasswordField();
        field.setId("wizard-host-secret");
        field.setAccessibleText(title);
        field.setMaxWidth(320);
        field.setOnAction(e -> row.questions.answer(Optional.of(field.getText())));
        return new VBox(
                8,
                new Wrapped(title, "strong"),
                new Wrapped(
                        look.tongue().say(want.again() ? "views.ask.again" : "views.ask.secret.why"), "small", "muted"),
                field,
                answers("views.ask.ok", () -> row.questions.answer(Optional.of(field.getText()))));
    }

    private HBox answers(String yes, Runnable answer) {
        var ok = look.button(yes, answer, "primary");
        var no = look.button("wizard.host.not", () -> row.questions.answer(Optional.empty()));
        return new HBox(8, ok, no);
    }
}
