package io.clusterdeck.views;

import io.clusterdeck.views.look.Theme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import javafx.stage.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Takes the guide's pictures of everything that the window shows. No test: it runs when {@code docs/guide/take-pictures} asks for it. */
class GuidePictures {
    private static final Path PICTURES = Path.of("target/pictures/guide");

    @ParameterizedTest
    @CsvSource({"LIGHT,en", "DARK,en", "LIGHT,zh", "DARK,zh"})
    void take(Theme theme, String language) throws IOException {
        var desk = Sights.desk(theme, language, 1440, 900, 1);
        var stage = Stagehand.onFx(() -> {
            var shown = new Stage();
            shown.setScene(desk.scene());
            shown.show();
            return shown;
        });
        for (var sight : Sights.all().entrySet()) {
            desk.turn(sight.getValue());
            Stagehand.fx(() -> desk.model().notices().shown().stream()
                    .toList()
                    .forEach(desk.model().notices()::dismiss));
            var image = Stagehand.onFx(() -> desk.scene().snapshot(null));
            var file = "%s-%s-%s.png".formatted(sight.getKey(), theme.name().toLowerCase(Locale.ROOT), language);
            Png.write(image, PICTURES.resolve(file));
        }
        Stagehand.fx(() -> {
            desk.model().close();
            stage.close();
        });
    }
}
