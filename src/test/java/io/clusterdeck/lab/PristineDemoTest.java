package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The demo on a machine that has a JDK and nothing else: no GTK, no sudo, no network, no compiler. */
@Tag("lab")
class PristineDemoTest {

    /** Fails when the demo does, and when a server is left after it. */
    private static final String DEMO = "./clusterdeck demo --headless --json out.json %s >&2 && cat out.json"
            + " && if ps -eo args= | grep '[r]edis-server' >&2; then exit 9; fi";

    @Test
    void anOrdinaryUserGetsALiveClusterOfSixNodes() throws Exception {
        assertWholeCluster(Lab.pristine("plain", "sh", "-c", DEMO.formatted("")));
    }

    @Test
    void rootGetsThePictureToo() throws Exception {
        var output = Lab.pristine(
                "root", "sh", "-c", DEMO.formatted("--picture out.png") + " && echo PICTURE && base64 -w0 out.png");
        var parts = output.split("PICTURE");
        assertWholeCluster(parts[0]);
        var picture = Base64.getDecoder().decode(parts[1].strip());
        new Painted(ImageIO.read(new ByteArrayInputStream(picture))).showsThreeShardsOfTwo();
    }

    @Test
    void whoeverMayNotInstallLibrariesIsToldWhichAreMissing() {
        var refused = assertThrows(
                AssertionError.class,
                () -> Lab.pristine("plain", "./clusterdeck", "demo", "--headless", "--picture", "out.png"));
        assertTrue(refused.getMessage().contains("sudo apt-get install"), refused.getMessage());
        assertTrue(refused.getMessage().contains("libpangoft2"), refused.getMessage());
    }

    private static void assertWholeCluster(String json) throws Exception {
        var cluster = new ObjectMapper().readTree(json);
        assertEquals("ok", cluster.path("state").asText(), json);
        assertEquals(16_384, cluster.path("slotsCovered").asInt(), json);
        assertEquals(6, cluster.path("nodes").size(), json);
        assertTrue(
                StreamSupport.stream(cluster.path("nodes").spliterator(), false)
                        .map(n -> n.path("linkUp"))
                        .allMatch(JsonNode::asBoolean),
                json);
    }
}
