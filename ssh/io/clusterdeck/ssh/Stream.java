package io.clusterdeck.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.JSchException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** An open channel as two streams. Reading has its own buffer, so a slow reader holds nobody else up. */
record Stream(Channel channel, Pipe pipe, OutputStream out, Runnable closer) implements AutoCloseable {

    /** Prepares the streams; the channel is not connected yet. */
    static Stream of(Channel channel) throws JSchException {
        try {
            var pipe = new Pipe();
            channel.setOutputStream(pipe.in());
            return new Stream(channel, pipe, channel.getOutputStream(), channel::disconnect);
        } catch (IOException impossible) {
            throw new JSchException("no stream", impossible);
        }
    }

    InputStream in() {
        return pipe.out();
    }

    @Override
    public void close() {
        closer.run();
    }
}
