package io.clusterdeck.views.config;

import io.clusterdeck.redis.config.Sheet;
import io.clusterdeck.views.look.Look;
import javafx.geometry.Pos;
import javafx.scene.control.PasswordField;
import javafx.scene.layout.HBox;

/** Where nodes refuse CONFIG: the word by which they may know it, typed as a password is. */
final class WordBar extends HBox {

    WordBar(Look look, ConfigModel model) {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        var word = new PasswordField();
        word.setId("config-word");
        word.setPrefWidth(280);
        word.promptTextProperty().bind(look.tongue().text("config.view.word"));
        word.accessibleTextProperty().bind(look.tongue().text("config.view.word"));
        var use = look.button("config.view.word.use", () -> {
            model.word(word.getText());
            word.clear();
        });
        use.setMinWidth(USE_PREF_SIZE);
        use.disableProperty().bind(word.textProperty().isEmpty());
        word.setOnAction(e -> use.fire());
        getChildren().addAll(word, use);
        model.sheetProperty().subscribe(this::show);
    }

    private void show(Sheet sheet) {
        boolean refused =
                sheet.unheard().values().stream().anyMatch(w -> w.key().equals("config.unheard"));
        setVisible(refused);
        setManaged(refused);
    }
}
