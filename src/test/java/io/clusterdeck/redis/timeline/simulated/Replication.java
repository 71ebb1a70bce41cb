package io.clusterdeck.redis.timeline.simulated;

import java.util.Random;

/** A replica's link to its master (replication.c). */
final class Replication {
    private static final long TIMEOUT = 60_000;

    private final Server s;

    /** How far it is behind as a replica; none is in every second play. */
    final int lag;

    private int to = -1;
    boolean up;

    /** 0 for never: it was not connected since its process began, so nobody knows how old its data is. */
    private long downSince;

    private long heard;

    Replication(Server server) {
        this.s = server;
        boolean busy = new Random(31 * s.play.seed).nextBoolean();
        lag = busy ? new Random(31 * s.play.seed + s.me).nextInt(2) : 0;
    }

    /** As it is when the play begins. */
    void established(int master) {
        to = master;
        up = true;
    }

    /** Its process is a new one. */
    void started() {
        up = false;
        downSince = 0;
        begin();
    }

    /** Its master is another one. */
    void begin() {
        down();
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

    private void down() {
        downSince = up ? s.play.now : downSince;
        up = false;
    }

    private void broken() {
        down();
        s.log('#', "Connection with master lost.");
        s.log('*', "Caching the disconnected master state.");
        s.log('*', "Reconnecting to MASTER " + Play.address(to));
    }

    void promoted() {
        to = -1;
        down();
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
