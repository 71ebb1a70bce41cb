package io.clusterdeck.redis.timeline.simulated;

import io.clusterdeck.redis.timeline.simulated.Packet.Kind;

/** What a server believes after it was told something: roles, whose slots are whose, and who has failed (cluster.c of 6.2). */
final class Gossip {
    private final Server s;

    Gossip(Server server) {
        this.s = server;
    }

    void receive(Packet p) {
        switch (p.kind()) {
            case FAIL -> told(p);
            case UPDATE -> updated(p);
            default -> heard(p, s.peers[p.from()]);
        }
    }

    private void heard(Packet p, Peer sender) {
        sender.epoch = Math.max(sender.epoch, p.epoch());
        s.election.heard(p);
        if (p.kind() == Kind.PING) {
            s.pong(p.from());
        } else {
            sender.pongReceived = s.play.now;
            sender.pingSent = 0;
            if (sender.pfail) {
                sender.pfail = false;
                s.play.truth.flag(s.me, sender.node, false, false);
            } else if (sender.fail) {
                clear(sender);
            }
        }
        roles(p, sender);
        if (sender.master) {
            claim(p.from(), p.epoch(), p.slots());
        }
        answerStale(p);
        if (sender.master && p.epoch() == s.self().epoch && s.master() && p.from() > s.me) {
            s.self().epoch = ++s.currentEpoch;
            s.log(
                    '-',
                    "WARNING: configEpoch collision with node " + Play.id(p.from()) + ". configEpoch set to "
                            + s.currentEpoch);
        }
        if (sender.master) {
            for (var about : s.peers) {
                if (about.node != s.me && about.node != p.from()) {
                    report(about, p.from(), p.failing()[about.node]);
                }
            }
        }
    }

    private void roles(Packet p, Peer sender) {
        if (p.master()) {
            sender.master = true;
            sender.of = -1;
        } else {
            if (sender.master) {
                sender.master = false;
                for (int k = 0; k < s.owner.length; k++) {
                    s.owner[k] = s.owner[k] == sender.node ? -1 : s.owner[k];
                }
            }
            sender.of = p.of();
            s.peers[p.of()].hadReplicas = true;
        }
    }

    private void answerStale(Packet p) {
        for (int k = 0; k < s.owner.length; k++) {
            if (p.slots()[k] && s.owner[k] >= 0 && s.owner[k] != p.from() && s.peers[s.owner[k]].epoch > p.epoch()) {
                s.send(Kind.UPDATE, p.from(), s.owner[k], false);
                return;
            }
        }
    }

    /** Who claims slots with a higher epoch has them (clusterUpdateSlotsConfigWith). */
    private void claim(int who, long epoch, boolean[] slots) {
        if (who == s.me) {
            return;
        }
        int mine = s.master() ? s.me : s.self().of;
        boolean taken = false;
        for (int k = 0; k < s.owner.length; k++) {
            if (slots[k] && s.owner[k] != who && (s.owner[k] < 0 || s.peers[s.owner[k]].epoch < epoch)) {
                taken |= s.owner[k] == mine;
                s.owner[k] = who;
            }
        }
        if (taken && s.slots(mine) == 0) {
            s.log('#', "Configuration change detected. Reconfiguring myself as a replica of " + Play.id(who));
            s.follow(who);
        }
    }

    private void updated(Packet p) {
        var about = s.peers[p.about()];
        if (about.epoch >= p.epoch()) {
            return;
        }
        about.master = true;
        about.of = -1;
        about.epoch = p.epoch();
        claim(p.about(), p.epoch(), p.slots());
    }

    private void report(Peer about, int by, boolean failing) {
        if (failing) {
            if (about.reports[by] == 0) {
                s.log('-', "Node " + Play.id(by) + " reported node " + Play.id(about.node) + " as not reachable.");
            }
            about.reports[by] = s.play.now;
            agree(about);
        } else if (about.reports[by] != 0) {
            about.reports[by] = 0;
            s.log('-', "Node " + Play.id(by) + " reported node " + Play.id(about.node) + " is back online.");
        }
    }

    /** markNodeAsFailingIfNeeded. */
    private void agree(Peer about) {
        if (!about.pfail || about.fail) {
            return;
        }
        int reports = s.master() ? 1 : 0;
        for (long at : about.reports) {
            reports += at != 0 && s.play.now - at <= 2 * s.play.timeout ? 1 : 0;
        }
        if (reports < s.needed()) {
            return;
        }
        s.log('*', "Marking node " + Play.id(about.node) + " as failing (quorum reached).");
        fail(about);
        s.broadcast(Kind.FAIL, about.node, false);
    }

    private void fail(Peer about) {
        about.pfail = false;
        about.fail = true;
        about.failTime = s.play.now;
        s.play.truth.flag(s.me, about.node, true, true);
    }

    private void told(Packet p) {
        var about = s.peers[p.about()];
        if (about.node != s.me && !about.fail) {
            s.log('*', "FAIL message received from " + Play.id(p.from()) + " about " + Play.id(about.node));
            fail(about);
        }
    }

    /** clearNodeFailureIfNeeded. */
    private void clear(Peer about) {
        String why = !about.master
                ? ": replica is reachable again."
                : s.slots(about.node) == 0
                        ? ": master without slots is reachable again."
                        : s.play.now - about.failTime > 2 * s.play.timeout
                                ? ": is reachable again and nobody is serving its slots after some time."
                                : "";
        if (!why.isEmpty()) {
            about.fail = false;
            s.log('*', "Clear FAIL state for node " + Play.id(about.node) + why);
            s.play.truth.flag(s.me, about.node, false, false);
        }
    }
}
