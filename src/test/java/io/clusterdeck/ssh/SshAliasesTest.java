package io.clusterdeck.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.clusterdeck.ssh.SshAliases.Alias;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshAliasesTest {

    @Test
    void namesNoPatternsAndFollowsIncludes(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("more"));
        Files.writeString(folder.resolve("config"), """
            Include more/*.conf
            Host web1 web2
              User ops
            Host web1
              HostName 10.0.0.21
            Host *.lan !web3 web? *
              Port 2222
            """);
        Files.writeString(folder.resolve("more/shop.conf"), "Host shop\n  HostName 10.0.0.9\n");
        assertEquals(
                List.of(new Alias("shop", "10.0.0.9"), new Alias("web1", "10.0.0.21"), new Alias("web2", "")),
                SshAliases.of(new SshFiles(folder, folder, null)));
    }

    @Test
    void noConfigurationNamesNobody(@TempDir Path folder) {
        assertEquals(List.of(), SshAliases.of(new SshFiles(folder, folder, null)));
    }
}
