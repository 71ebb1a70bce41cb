package io.clusterdeck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads the runs as a document is told there what of them can't be read. */
class RunsWordTest {
    static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(RunsWordTest.class.getResourceAsStream("/schema/runs.schema.json"));

    @TempDir
    Path folder;

    @Test
    void whatCannotBeReadStandsInTheDocument() throws Exception {
        var runs = Files.createDirectories(folder.resolve("home/carts")).resolve("runs");
        Files.writeString(runs, "a file where the folder was");
        var said = Said.by(folder, "runs", "--json");
        assertEquals(Code.DONE, said.code(), said.err());
        var told = new ObjectMapper().readTree(said.out());
        assertEquals(List.of(), SCHEMA.validate(told));
        assertEquals(0, told.path("runs").size());
        assertEquals(1, told.path("unread").size());
        assertTrue(told.path("unread").toString().contains(runs.toString()), told.toString());
        ((com.fasterxml.jackson.databind.node.ObjectNode) told).remove("unread");
        assertEquals(1, SCHEMA.validate(told).size(), "a list alone looks like all there is");
    }
}
