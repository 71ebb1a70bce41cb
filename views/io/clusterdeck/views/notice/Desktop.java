package io.clusterdeck.views.notice;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Word to the desktop by the program that each system has for it: notify-send, else gdbus (freedesktop), osascript (macOS), PowerShell (Windows).
 * The words travel as arguments or in the environment, never as part of a script. Where there is no such program, nothing happens.
 */
public final class Desktop {
    private static final Logger LOG = LoggerFactory.getLogger(Desktop.class);
    private static final int PATIENCE = 5;

    private static final List<String> FREEDESKTOP =
            List.of("notify-send", "--app-name=Clusterdeck", "--urgency=critical", "--");
    /** What notify-send does, by a program of GLib, which GTK windows need anyway. */
    private static final List<String> BUS = List.of(
            "gdbus",
            "call",
            "--session",
            "--dest=org.freedesktop.Notifications",
            "--object-path=/org/freedesktop/Notifications",
            "--method=org.freedesktop.Notifications.Notify");

    private static final String URGENT = "{'urgency': <byte 2>}";
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
            tell(builders(title, text));
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** By the first program that is there. */
    static void tell(List<ProcessBuilder> ways) throws InterruptedException {
        for (var way : ways) {
            try {
                var process = way.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                process.getOutputStream().close();
                if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                    process.destroy();
                    LOG.info("the desktop took no notice within {} s", PATIENCE);
                } else if (process.exitValue() != 0) {
                    LOG.info("the desktop took no notice: exit code {}", process.exitValue());
                }
                return;
            } catch (IOException missing) {
                LOG.info("this desktop cannot be told so: {}", missing.getMessage());
            }
        }
    }

    List<ProcessBuilder> builders(String title, String text) {
        if (system.contains("win") && !system.contains("darwin")) {
            var builder = new ProcessBuilder(WINDOWS);
            builder.environment().put("CD_TITLE", title);
            builder.environment().put("CD_TEXT", text);
            return List.of(builder);
        }
        return system.contains("mac")
                ? List.of(with(MAC, title, text))
                : List.of(
                        with(FREEDESKTOP, title, escaped(text)),
                        with(
                                BUS,
                                quoted("Clusterdeck"),
                                "0",
                                quoted(""),
                                quoted(title),
                                quoted(escaped(text)),
                                "@as []",
                                URGENT,
                                "--",
                                "-1"));
    }

    private static ProcessBuilder with(List<String> command, String... more) {
        return new ProcessBuilder(
                Stream.concat(command.stream(), Stream.of(more)).toList());
    }

    /** The text of a notice may be marked up, so that these three would be. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** As GVariant writes strings. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
