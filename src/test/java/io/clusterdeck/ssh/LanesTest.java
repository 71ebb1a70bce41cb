package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.clusterdeck.say.Unreachable;
import org.junit.jupiter.api.Test;

class LanesTest {

    /** Who still waited for a way through the host hears it as a failure like any other. */
    @Test
    void aHostThatWasLetGoSaysSo() {
        var lanes = new Lanes(new HostName("a"), () -> {
            throw new AssertionError("signed in again");
        });
        lanes.close();
        assertEquals(
                "ssh.let-go", assertThrows(Unreachable.class, lanes::any).what().key());
        assertThrows(Unreachable.class, () -> lanes.shell("a", say -> {}));
    }
}
