package io.clusterdeck.redis.drill;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What every node answered to one shard's writes, and what of it is known: milliseconds since 1970. Safe for use by many threads. */
final class Asked {
    static final int SHORTEST = 100;

    /**
     * Nobody acknowledged a write after {@code from} and before {@code to}.
     *
     * @param own for so long this program stood still, or did not ask, at the ends: until whoever acknowledged the last write was heard to
     *     serve no more, and since whoever acknowledged the next one was asked in vain
     * @param told until then some node still sent its clients elsewhere than to whoever serves, or whoever served before kept them waiting
     *     (the pause of a manual failover, which 6.2.0 to 6.2.7 does not end by itself): who follows redirections came no sooner. Never
     *     before {@code to}: who serves may be led to sooner than it answers
     */
    record Gap(long from, long to, long own, long told) {
        static Gap of(String from, String to, String own, String told) {
            return new Gap(Long.parseLong(from), Long.parseLong(to), Long.parseLong(own), Long.parseLong(told));
        }

        Gap since(long began) {
            return new Gap(from - began, to - began, own, told - began);
        }

        String text() {
            return from + " " + to + " " + own + " " + told;
        }
    }

    private record Answer(String node, long sent, long got, String reply) {
        boolean ok() {
            return reply.startsWith("+");
        }

        boolean leadsTo(String other) {
            return reply.startsWith("-MOVED ") && reply.endsWith(" " + other);
        }

        /** Nothing tells when a node without an answer was no more there: it was not when it was asked. */
        long heard() {
            return reply.isEmpty() ? sent : got;
        }
    }

    /** From one time to another the thread that asks a node was to run, and did not. */
    private record Stood(String node, long from, long to) {}

    private final int beat;
    private final List<Answer> answers = new ArrayList<>();
    private final List<Stood> stood = new ArrayList<>();

    /** @param beat milliseconds between two writes to a node */
    Asked(int beat) {
        this.beat = beat;
    }

    /** The thread that asks a node was to go on at a time, and did so only now. */
    synchronized void stood(String node, long due, long now) {
        if (now > due) {
            stood.add(new Stood(node, due, now));
        }
    }

    synchronized void answered(String node, long sent, long got, String reply) {
        answers.add(new Answer(node, sent, got, reply));
    }

    synchronized void unanswered(String node, long sent) {
        answers.add(new Answer(node, sent, sent, ""));
    }

    synchronized boolean served() {
        return answers.stream().anyMatch(Answer::ok);
    }

    /** Once nothing more is asked. */
    synchronized List<Gap> gaps() {
        var acks = answers.stream()
                .filter(Answer::ok)
                .sorted(Comparator.comparingLong(Answer::got))
                .toList();
        var gaps = new ArrayList<Gap>();
        for (int i = 1; i < acks.size(); i++) {
            var last = acks.get(i - 1);
            var next = acks.get(i);
            if (Math.max(next.got(), leftAlone(last)) - last.got() >= SHORTEST) {
                gaps.add(gap(last, next));
            }
        }
        return gaps;
    }

    private Gap gap(Answer last, Answer next) {
        var refused = answers.stream()
                .filter(a ->
                        !a.ok() && a.node().equals(last.node()) && a.sent() >= last.got() && a.heard() < next.got())
                .min(Comparator.comparingLong(Answer::sent));
        var inVain = answers.stream()
                .filter(a ->
                        !a.ok() && a.node().equals(next.node()) && a.sent() >= last.got() && a.sent() < next.sent())
                .max(Comparator.comparingLong(Answer::sent));
        // whoever else was asked acknowledged nothing, however soon
        var lost = new ArrayList<>(stood.stream()
                .filter(s -> s.node().equals(last.node()) || s.node().equals(next.node()))
                .toList());
        lost.add(new Stood(
                last.node(), last.got() + beat, refused.map(Answer::sent).orElse(next.sent())));
        lost.add(new Stood(next.node(), inVain.map(Answer::got).orElse(last.got()) + beat, next.sent()));
        long begin = refused.map(Answer::heard).orElse(next.got());
        long end = Math.max(begin, inVain.map(Answer::sent).orElse(last.got()));
        return new Gap(
                last.got(),
                next.got(),
                union(lost, last.got(), begin) + union(lost, end, next.got()),
                Math.max(next.got(), Math.max(told(next), leftAlone(last))));
    }

    /** When whoever acknowledged this refused the next one: until then who was connected to it knew of nothing else. */
    private long leftAlone(Answer last) {
        return answers.stream()
                .filter(a -> a.node().equals(last.node()) && a.sent() >= last.got())
                .min(Comparator.comparingLong(Answer::sent))
                .filter(a -> !a.ok() && !a.reply().isEmpty())
                .map(Answer::got)
                .orElse(last.got());
    }

    /** How much of a time lies in any of these. */
    private static long union(List<Stood> all, long from, long to) {
        long sum = 0;
        long done = from;
        for (var one :
                all.stream().sorted(Comparator.comparingLong(Stood::from)).toList()) {
            long until = Math.min(one.to(), to);
            sum += Math.max(0, until - Math.max(one.from(), done));
            done = Math.max(done, until);
        }
        return sum;
    }

    /** Each node counts until it leads to who serves for the first time; who answers nobody leads nobody. */
    private long told(Answer next) {
        return answers.stream()
                .filter(a -> !a.node().equals(next.node())
                        && a.sent() >= next.sent()
                        && !a.reply().isEmpty())
                .map(Answer::node)
                .distinct()
                .mapToLong(node -> answers.stream()
                        .filter(a -> a.node().equals(node) && a.sent() >= next.sent() && a.leadsTo(next.node()))
                        .mapToLong(Answer::got)
                        .min()
                        .orElse(next.got()))
                .max()
                .orElse(next.got());
    }
}
