package io.clusterdeck.views.fx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.say.NotAllowed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder that is not there is no mistake of Clusterdeck's, and is not told as one. */
class SavingTest {
    @Test
    void whereItCanNotBeWrittenThatIsSaid(@TempDir Path folder) throws Exception {
        var file = folder.resolve("none/failover.html");
        var why = assertThrows(NotAllowed.class, () -> Saving.write(file, "x"));
        assertEquals("paper.unwritable", why.what().key());
        Files.createDirectory(folder.resolve("none"));
        assertEquals("x", Files.readString(Saving.write(file, "x")));
    }
}
