package io.clusterdeck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script beside a few sources: when it calls Maven (here one that only notes that it was called), and what it says without a JDK. */
@Tag("scripts")
class LauncherTest {

    @TempDir
    Path folder;

    private Path checkout;

    @BeforeEach
    void sources() throws IOException {
        checkout = Files.createDirectory(folder.resolve("it's a checkout"));
        for (var part : List.of("ssh", "app", "views", "resources")) {
            Files.writeString(Files.createDirectory(checkout.resolve(part)).resolve("A.java"), "class A {}");
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        program(checkout.resolve("clusterdeck"), Files.readString(Path.of("clusterdeck")));
        program(Files.createDirectory(folder.resolve("bin")).resolve("mvn"), """
            #!/bin/sh
            echo called >>"%1$s/calls"
            for word; do case $word in -Dout=*) out=${word#-Dout=} ;; esac; done
            mkdir -p "$out/fx" "$out/lib"
            echo jar >"$out/clusterdeck.jar"
            """.formatted(folder));
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Said(int code, String out, String err) {}

    private Said start(String... words) throws Exception {
        var command = new java.util.ArrayList<>(
                List.of(checkout.resolve("clusterdeck").toString()));
        command.addAll(List.of(words));
        var err = folder.resolve("err");
        var builder = new ProcessBuilder(command).redirectError(err.toFile());
        var environment = builder.environment();
        environment.remove("JAVA_HOME");
        environment.put("HOME", folder.toString());
        environment.put("CLUSTERDECK_JDK", System.getProperty("java.home"));
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        var started = builder.start();
        started.getOutputStream().close();
        var out = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(started.waitFor(), out.strip(), Files.readString(err));
    }

    private long calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls")).size();
    }

    @Test
    void buildsOnlyWhatChanged() throws Exception {
        var first = start("--build");
        assertEquals(0, first.code(), first.err());
        assertTrue(Files.exists(Path.of(first.out()).resolve("clusterdeck.jar")), first.out());
        Files.setLastModifiedTime(checkout.resolve("app/A.java"), FileTime.fromMillis(0));
        assertEquals(first.out(), start("--build").out());
        assertEquals(1, calls(), "the same sources");
        for (var changed : List.of("pom.xml", "ssh/A.java", "app/A.java", "views/A.java", "resources/A.java")) {
            long before = calls();
            Files.writeString(checkout.resolve(changed), "// another\n");
            assertTrue(!first.out().equals(start("--build").out()), changed);
            assertEquals(before + 1, calls(), changed);
        }
    }

    @Test
    void saysWhatToInstallWhereNoJdkIs() throws Exception {
        var script = checkout.resolve("clusterdeck");
        program(script, Files.readString(script).replace("least=25", "least=999"));
        var named = start("--jdk");
        assertEquals(1, named.code());
        assertTrue(named.err().contains("is not a JDK 999 or newer"), named.err());
        program(script, Files.readString(script).replace("${CLUSTERDECK_JDK:-}", ""));
        var none = start("demo", "--headless");
        assertEquals(1, none.code());
        assertTrue(none.err().contains("no JDK 999 or newer was found"), none.err());
        assertTrue(none.err().contains("https://adoptium.net/temurin/releases/?version=999"), none.err());
        assertTrue(none.err().contains("CLUSTERDECK_JDK="), none.err());
    }
}
