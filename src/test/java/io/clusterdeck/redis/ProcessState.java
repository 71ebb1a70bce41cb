package io.clusterdeck.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the kernel says of a process. */
public final class ProcessState {

    private ProcessState() {}

    /** As in /proc/PID/stat: S, R, T …; X where there is none. */
    public static char of(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            return 'X';
        }
    }

    /** Gone, or not reaped yet: it holds neither port nor file any more. */
    public static boolean ended(long pid) {
        return "XZ".indexOf(of(pid)) >= 0;
    }
}
