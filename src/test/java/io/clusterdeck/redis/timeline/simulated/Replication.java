package io.clusterdeck.redis.timeline.simulated;

/** A replica's link to its master (replication.c). */
final class Replication {
    private static final long TIMEOUT = 60_000;

    private final Server s;
    private int to = -1;
    boolean up;
    long downSince;
    private long heard;

    Replication(Server server) {
        this.s = server;
    }

    /** As it is when the play begins. */
    void established(int master) {
        to = master;
        up = true;
    }

    /** Its master is another one, or it was started. */
    void begin() {
        up = false;
        downSince = s.play.now;
        to = s.master() ? -1 : s.self().of;
        if (to >= 0) {
            s.log('*', "Connecting to MASTER " + Play.address(to));
        }
    }

    /** That process has ended. */
    void lost(int master) {
        if (to == master && up && s.up && !s.hung) {
            broken();
        }
    }

    private void broken() {
        up = false;
        downSince = s.play.now;
        s.log('#', "Connection with master lost.");
        s.log('*', "Caching the disconnected master state.");
        s.log('*', "Reconnecting to MASTER " + Play.address(to));
    }

    void promoted() {
        to = -1;
        up = false;
    }

    void cron() {
        if (to < 0) {
            return;
        }
        boolean answers = s.play.talks(s.me, to);
        if (up) {
            if (answers) {
                heard = s.play.now;
            } else if (!s.play.servers[to].up && s.play.reaches(s.me, to)) {
                broken();
            } else if (s.play.now - heard > TIMEOUT) {
                s.log('#', "MASTER timeout: no data nor PING received...");
                broken();
            }
            return;
        }
        s.log('*', "Connecting to MASTER " + Play.address(to));
        s.log('*', "MASTER <-> REPLICA sync started");
        if (answers) {
            up = true;
            heard = s.play.now;
            s.log('*', "MASTER <-> REPLICA sync: Finished with success");
        } else {
            s.log('#', "Error condition on socket for SYNC: Connection refused");
        }
    }

    /** How old its data is, in milliseconds. */
    long age() {
        return up ? 0 : s.play.now - downSince;
    }
}
