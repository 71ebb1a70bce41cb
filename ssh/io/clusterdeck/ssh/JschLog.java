package io.clusterdeck.ssh;

import com.jcraft.jsch.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** JSch's messages, at debug; it logs no secrets (packets are not among them). */
enum JschLog implements Logger {
    INSTANCE;

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("io.clusterdeck.ssh.jsch");

    @Override
    public boolean isEnabled(int level) {
        return LOG.isDebugEnabled();
    }

    @Override
    public void log(int level, String message) {
        LOG.debug("{}", message);
    }

    @Override
    public void log(int level, String message, @Nullable Throwable cause) {
        LOG.debug("{}", message, cause);
    }
}
