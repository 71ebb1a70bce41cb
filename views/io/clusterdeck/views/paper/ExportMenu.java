package io.clusterdeck.views.paper;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.redis.export.Format;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import io.clusterdeck.views.fx.Work;
import io.clusterdeck.views.look.Look;
import io.clusterdeck.views.parts.Paragraphs;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.stage.FileChooser;

/** The formats in which something can be handed on: each asks for a file, writes it, where wanted with a signature beside it, and says so. */
public final class ExportMenu extends MenuButton {

    /** What can be written. @param stem of the file's name, without an ending */
    public record Document(String stem, Content content) {}

    /** Makes the file's content; may take a second. */
    @FunctionalInterface
    public interface Content {
        byte[] as(Format format, Speech speech) throws Failure;
    }

    private final Look look;
    private final Archive archive;
    private final Consumer<Failure> failed;
    private final BooleanProperty sign = new SimpleBooleanProperty(true);
    private final Paragraphs note = new Paragraphs(4, "small", "muted");

    /**
     * @param title key of its words
     * @param failed shows why a file could not be written
     */
    public ExportMenu(Look look, String id, String title, Archive archive, Consumer<Failure> failed) {
        this.look = look;
        this.archive = archive;
        this.failed = failed;
        setId(id);
        setMinWidth(USE_PREF_SIZE);
        textProperty().bind(look.tongue().text(title));
        note.setId(id + "-note");
        clear();
        var signed = new CheckMenuItem();
        signed.textProperty().bind(look.tongue().text("snapshots.sign"));
        signed.selectedProperty().bindBidirectional(sign);
        getItems().addAll(new SeparatorMenuItem(), signed);
        look.tongue().wordsProperty().subscribe(w -> clear());
    }

    /** What was written last, and where; to be placed by whoever has the menu. */
    public Node note() {
        return note;
    }

    /** Whether a signature is written beside each file. */
    public BooleanProperty signProperty() {
        return sign;
    }

    /** More entries. @param keys begin of their words' keys @param what is written; nothing where there is nothing */
    public ExportMenu with(String keys, List<Format> formats, Supplier<Optional<Document>> what) {
        int at = getItems().size() - 2;
        if (at > 0) {
            getItems().add(at++, new SeparatorMenuItem());
        }
        for (var format : formats) {
            var item = new MenuItem();
            item.textProperty().bind(look.tongue().text(keys + format.word()));
            item.setOnAction(e -> what.get().ifPresent(d -> choose(format, d)));
            getItems().add(at++, item);
        }
        return this;
    }

    private void choose(Format format, Document document) {
        var chooser = new FileChooser();
        chooser.setTitle(getText());
        chooser.setInitialFileName(document.stem().replaceAll("[^\\p{L}\\p{N}._-]", "-") + format.ending());
        var file = chooser.showSaveDialog(getScene().getWindow());
        if (file != null) {
            write(format, document, file.toPath());
        }
    }

    /** Writes it there, as the menu does once a file was chosen. */
    public void write(Format format, Document document, Path file) {
        boolean signed = sign.get();
        var words = look.tongue().words();
        clear();
        Work.begin(
                "export to " + file,
                () -> {
                    archive.export(document.content().as(format, words), file, signed);
                    return file;
                },
                done -> tell(Say.of(signed ? "snapshots.exported.signed" : "snapshots.exported", "file", done)),
                failed);
    }

    private void tell(Say what) {
        note.say(List.of(look.tongue().say(what)));
        note.setVisible(true);
        note.setManaged(true);
    }

    private void clear() {
        note.say(List.of());
        note.setVisible(false);
        note.setManaged(false);
    }
}
