package io.clusterdeck.ssh;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** A shell of this computer. */
record LocalShell(Process process) implements Shell {

    /** @param path the PATH to use; null for this program's own */
    static LocalShell start(String sh, @Nullable String path) throws IOException {
        var home = Path.of(System.getProperty("user.home"));
        var builder = new ProcessBuilder("/bin/sh", "-c", COMMAND.replace("/bin/sh", sh))
                .directory((Files.isDirectory(home) ? home : Path.of("/")).toFile()); // accounts of services have none
        if (path != null) {
            builder.environment().put("PATH", path);
        }
        return new LocalShell(builder.start());
    }

    @Override
    public OutputStream in() {
        return process.getOutputStream();
    }

    @Override
    public InputStream out() {
        return process.getInputStream();
    }

    @Override
    public InputStream err() {
        return process.getErrorStream();
    }

    @Override
    public boolean connected() {
        return true;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException gone) {
            LoggerFactory.getLogger(LocalShell.class).debug("the shell had ended", gone);
        }
    }
}
