package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineTest {

    /** As the Makefile of Redis 6.2.3 writes them. */
    @Test
    void coloursAreForTerminals() {
        assertEquals(
                "MAKE hiredis", new Line.Text("\u001b[32;1mMAKE\u001b[0m \u001b[37;1mhiredis\u001b[0m", false).text());
        assertEquals("a[0] = 1;", new Line.Text("a[0] = 1;", false).text());
    }
}
