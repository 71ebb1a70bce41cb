package io.clusterdeck.views.notice;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Word to the desktop by the program that each system has for it: notify-send (freedesktop), osascript (macOS), PowerShell (Windows).
 * The words travel as arguments or in the environment, never as part of a script. Where there is no such program, nothing happens.
 */
public final class Desktop {
    private static final Logger LOG = LoggerFactory.getLogger(Desktop.class);
    private static final int PATIENCE = 5;

    private static final List<String> FREEDESKTOP =
            List.of("notify-send", "--app-name=Clusterdeck", "--urgency=critical", "--");
    private static final List<String> MAC = List.of(
            "osascript",
            "-e",
            "on run argv",
            "-e",
            "display notification (item 2 of argv) with title (item 1 of argv)",
            "-e",
            "end run");
    private static final List<String> WINDOWS = List.of(
            "powershell",
            "-NoProfile",
            "-NonInteractive",
            "-Command",
            "Add-Type -AssemblyName System.Windows.Forms, System.Drawing;"
                    + " $n = New-Object System.Windows.Forms.NotifyIcon; $n.Icon = [System.Drawing.SystemIcons]::Warning;"
                    + " $n.Visible = $true; $n.ShowBalloonTip(8000, $env:CD_TITLE, $env:CD_TEXT, 'Warning');"
                    + " Start-Sleep 4; $n.Dispose()");

    private final String system;

    public Desktop() {
        this(System.getProperty("os.name", ""));
    }

    Desktop(String system) {
        this.system = system.toLowerCase(Locale.ROOT);
    }

    /** Tells it and returns at once; a program that is missing, fails or hangs is logged, and ended. */
    public void tell(String title, String text) {
        Thread.ofVirtual().name("tell the desktop").start(() -> run(title, text));
    }

    private void run(String title, String text) {
        try {
            var process = builder(title, text).start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroy();
                LOG.info("the desktop took no notice within {} s", PATIENCE);
            } else if (process.exitValue() != 0) {
                LOG.info("the desktop took no notice: exit code {}", process.exitValue());
            }
        } catch (IOException missing) {
            LOG.info("this desktop cannot be told: {}", missing.getMessage());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    ProcessBuilder builder(String title, String text) {
        boolean windows = system.contains("win") && !system.contains("darwin");
        var command = new ArrayList<>(windows ? WINDOWS : system.contains("mac") ? MAC : FREEDESKTOP);
        if (!windows) {
            command.add(title);
            command.add(text);
        }
        var builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        if (windows) {
            builder.environment().put("CD_TITLE", title);
            builder.environment().put("CD_TEXT", text);
        }
        return builder;
    }
}
