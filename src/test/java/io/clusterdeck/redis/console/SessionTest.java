package io.clusterdeck.redis.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.clusterdeck.redis.LocalCluster;
import io.clusterdeck.redis.clock.Clocks;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Reply;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.NotAllowed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A console on real servers. */
@Tag("local")
class SessionTest {

    private static LocalCluster cluster;
    private static LettuceLinks links;

    @BeforeAll
    static void begin() throws Exception {
        cluster = LocalCluster.start(3, 0);
        links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE);
    }

    @AfterAll
    static void end() throws Exception {
        links.close();
        cluster.close();
    }

    private static NodeAddress node(int i) {
        return cluster.server(i).address();
    }

    @Test
    void followsWhereItIsSentHopByHop() throws Exception {
        // "foo" is slot 12182, of the third master
        try (var session = new Session(links, node(0))) {
            var hops = new ArrayList<Session.Hop>();
            var set = session.send(Typed.read("set foo bar"), hops::add);
            assertEquals("OK", set.reply().text());
            assertEquals(node(2).port(), set.from().port());
            assertEquals(List.of(12182), hops.stream().map(Session.Hop::slot).toList());
            assertEquals(
                    "bar",
                    session.send(Typed.read("get foo"), hops::add).reply().text());
        }
    }

    /** "foo" is of the third master: followed there, it would be carried out at once, whatever becomes of the transaction. */
    @Test
    void aTransactionIsNotLeft() throws Exception {
        cluster.call(2, "SET", "foo", "before");
        try (var session = new Session(links, node(0))) {
            send(session, "multi");
            var moved = assertThrows(NotAllowed.class, () -> send(session, "set foo within"));
            assertEquals("console.multi-moved", moved.what().key());
            assertTrue(send(session, "exec").startsWith("EXECABORT"));
            assertEquals("before", send(session, "get foo"), "and followed again");
            var watch = assertThrows(NotAllowed.class, () -> send(session, "watch foo"));
            assertEquals("console.watch-moved.next", watch.next().key());
        }
        try (var session = new Session(links, node(2))) {
            send(session, "watch foo");
            send(session, "multi");
            assertEquals("QUEUED", send(session, "set foo within"));
            send(session, "exec");
            assertEquals("within", cluster.call(2, "GET", "foo"));
        }
    }

    @Test
    void whatWasMeantForALostTransactionIsNotSent() throws Exception {
        cluster.call(2, "SET", "foo", "before");
        try (var session = new Session(links, node(2))) {
            send(session, "multi");
            cluster.call(2, "CLIENT", "KILL", "TYPE", "normal");
            assertThrows(Failure.class, () -> send(session, "set foo 1"));
            var lost = assertThrows(NotAllowed.class, () -> send(session, "set foo 2"));
            assertEquals("console.multi-lost", lost.what().key());
            assertEquals("before", cluster.call(2, "GET", "foo"));
            assertEquals("OK", send(session, "set foo 3"), "said once");
        }
    }

    /** MULTI and EXEC on the next connection would be carried out whatever others changed meanwhile. */
    @Test
    void aWatchThatWasLostIsNotTakenForOne() throws Exception {
        cluster.call(2, "SET", "foo", "before");
        try (var session = new Session(links, node(2))) {
            send(session, "watch foo {foo}2");
            cluster.call(2, "CLIENT", "KILL", "TYPE", "normal");
            assertThrows(Failure.class, () -> send(session, "get foo"));
            cluster.call(2, "SET", "foo", "another's");
            assertEquals("another's", send(session, "get foo"), "no transaction begins with it");
            var lost = assertThrows(NotAllowed.class, () -> send(session, "multi"));
            assertEquals("console.watch-lost", lost.what().key());
            assertEquals("foo {foo}2", lost.what().args().get("keys"));
            assertEquals("OK", send(session, "multi"), "said once");
            send(session, "discard");
        }
    }

    @Test
    void watchedAgainItIsAWatch() throws Exception {
        try (var session = new Session(links, node(2))) {
            send(session, "watch foo");
            cluster.call(2, "CLIENT", "KILL", "TYPE", "normal");
            assertThrows(Failure.class, () -> send(session, "get foo"));
            send(session, "watch foo");
            assertEquals("OK", send(session, "multi"));
            send(session, "exec");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec", "discard"})
    void whatFollowsABrokenEndIsNoPartOfTheTransaction(String end) throws Exception {
        try (var session = new Session(links, node(2))) {
            send(session, "watch foo");
            send(session, "multi");
            send(session, "set foo within");
            cluster.call(2, "CLIENT", "KILL", "TYPE", "normal");
            assertThrows(Failure.class, () -> send(session, end));
            assertEquals("OK", send(session, "set foo after"));
            assertEquals("OK", send(session, "multi"));
            send(session, "discard");
        }
    }

    /** EXEC without MULTI is refused, and the watch stays; UNWATCH ends it. */
    @Test
    void aWatchLastsUntilItsEnd() throws Exception {
        try (var session = new Session(links, node(2))) {
            send(session, "watch foo");
            assertTrue(send(session, "exec").contains("without MULTI"));
            cluster.call(2, "CLIENT", "KILL", "TYPE", "normal");
            assertThrows(Failure.class, () -> send(session, "ping"));
            assertThrows(NotAllowed.class, () -> send(session, "multi"));
            send(session, "watch foo");
            send(session, "unwatch");
            cluster.call(2, "CLIENT", "KILL", "TYPE", "normal");
            assertThrows(Failure.class, () -> send(session, "ping"));
            assertEquals("OK", send(session, "multi"));
            send(session, "discard");
        }
    }

    private static String send(Session session, String line) throws Exception {
        return session.send(Typed.read(line), hop -> {}).reply().text();
    }

    @Test
    void asksWhereASlotIsOnItsWay() throws Exception {
        cluster.call(
                1,
                "CLUSTER",
                "SETSLOT",
                "12182",
                "IMPORTING",
                cluster.server(2).id().value());
        cluster.call(
                2,
                "CLUSTER",
                "SETSLOT",
                "12182",
                "MIGRATING",
                cluster.server(1).id().value());
        try (var session = new Session(links, node(2))) {
            var hops = new ArrayList<Session.Hop>();
            session.send(Typed.read("get {foo}nothing"), hops::add);
            assertEquals(List.of(true), hops.stream().map(Session.Hop::asking).toList());
        } finally {
            cluster.call(1, "CLUSTER", "SETSLOT", "12182", "STABLE");
            cluster.call(2, "CLUSTER", "SETSLOT", "12182", "STABLE");
        }
    }

    @Test
    void bytesStayBytes() throws Exception {
        try (var session = new Session(links, node(0))) {
            session.send(Typed.read("setbit {foo}bits 0 1"), h -> {});
            assertEquals(
                    new Reply.Binary("\u0080"),
                    session.send(Typed.read("get {foo}bits"), h -> {}).reply());
        }
    }

    @Test
    void aBlockingCommandEndsWhenItIsCancelled() throws Exception {
        try (var session = new Session(links, node(2))) {
            var ended = new ArrayList<Throwable>();
            var waiting = Thread.ofVirtual().start(() -> {
                try {
                    session.send(Typed.read("blpop {foo}queue 0"), h -> {});
                } catch (InterruptedException cancelled) {
                    ended.add(cancelled);
                } catch (Exception wrong) {
                    ended.add(wrong);
                }
            });
            cluster.until("blocked", () -> cluster.info(2, "blocked_clients").equals("1"));
            waiting.interrupt();
            waiting.join();
            assertTrue(ended.getFirst() instanceof InterruptedException, ended.toString());
            cluster.until("given up", () -> cluster.info(2, "blocked_clients").equals("0"));
            assertEquals(
                    "PONG", session.send(Typed.read("ping"), h -> {}).reply().text());
        }
    }

    @Test
    void theNodesOwnCommands() throws Exception {
        try (var session = new Session(links, node(0))) {
            var table = session.commands();
            assertTrue(table.reads("GET") && !table.reads("SET"));
            assertTrue(
                    table.completing("clus", 5).stream().anyMatch(e -> e.name().equals("CLUSTER")));
        }
    }

    @Test
    void theClockOfThisComputerIsOurs() throws Exception {
        try (var link = links.act(node(0))) {
            var offset = Clocks.measure(link, Clocks.SAMPLES);
            assertTrue(Math.abs(offset.micros()) <= offset.error() + 2_000, offset.toString());
        }
    }
}
