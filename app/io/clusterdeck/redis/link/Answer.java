package io.clusterdeck.redis.link;

import io.lettuce.core.protocol.AsyncCommand;

/** An answer that is waited for, which knows when it was taken off the wire: who waits for it may be woken much later. */
final class Answer extends AsyncCommand<String, String, Reply> {
    private volatile long heard;
    private volatile boolean over;

    Answer(RawCommand command) {
        super(command);
    }

    /** See {@link Pending#heard}. */
    long heard() {
        return over ? heard : System.nanoTime();
    }

    private void hear() {
        if (!over) {
            heard = System.nanoTime();
            over = true;
        }
    }

    @Override
    public void complete() {
        hear();
        super.complete();
    }

    @Override
    public boolean completeExceptionally(Throwable why) {
        hear();
        return super.completeExceptionally(why);
    }
}
