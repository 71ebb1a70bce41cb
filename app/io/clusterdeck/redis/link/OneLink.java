package io.clusterdeck.redis.link;

import io.clusterdeck.redis.model.NodeAddress;
import io.clusterdeck.say.Failure;
import io.clusterdeck.say.OutcomeUnknown;
import io.clusterdeck.ssh.Way;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.protocol.AsyncCommand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One connection for its whole life: when it breaks, or a command is not answered in time, it is over.
 *
 * <p>What a time-out proves. The connection is closed with a reset at once, so nothing of the command is sent from here afterwards:
 * a node that was killed, or that could not be reached, never runs it. A node that was only <em>stopped</em> (SIGSTOP, a frozen
 * machine) may hold the command's bytes in its own kernel already, and runs them when it goes on; no client can take them back.
 * That is why the failure is {@link OutcomeUnknown} and not "failed": read the outcome back from the node. The window is kept small:
 * a link for acting is opened for one action, and opening it means that the node has just answered.
 */
final class OneLink implements Link {

    private final NodeAddress to;
    private final Way way;
    private final StatefulRedisConnection<String, String> connection;
    private final Consumer<Link> onClose;
    private final Renames renames;
    private final Refusals refusals;
    private final AtomicBoolean closed = new AtomicBoolean();

    OneLink(
            NodeAddress to,
            Way way,
            StatefulRedisConnection<String, String> connection,
            Consumer<Link> onClose,
            Renames renames,
            Refusals refusals) {
        this.renames = renames;
        this.refusals = refusals;
        this.to = to;
        this.way = way;
        this.connection = connection;
        this.onClose = onClose;
    }

    @Override
    public NodeAddress to() {
        return to;
    }

    @Override
    public boolean usable() {
        return !closed.get() && connection.isOpen();
    }

    @Override
    public Reply call(Duration limit, String... words) throws Failure, InterruptedException {
        return call(limit, raw(words));
    }

    Reply call(Duration limit, RawCommand command) throws Failure, InterruptedException {
        return send(limit, List.of(command)).getFirst();
    }

    /** In one write, so that the node reads and answers them in one turn of its event loop. */
    @Override
    public List<Reply> callAll(Duration limit, List<String[]> commands) throws Failure, InterruptedException {
        return send(limit, commands.stream().map(this::raw).toList());
    }

    private RawCommand raw(String... words) {
        return RawCommand.of(renames.of(to, words[0]), words);
    }

    @Override
    public Pending send(String... words) throws Failure {
        var command = raw(words);
        if (!usable()) {
            throw Trouble.notSent(to, command, null);
        }
        var answer = new Answer(command);
        try {
            connection.dispatch(answer);
        } catch (RedisException broken) {
            throw broke(command, broken);
        }
        return new Pending() {
            @Override
            public Optional<Reply> within(Duration limit) throws Failure, InterruptedException {
                try {
                    return Optional.of(answer.get(limit.toNanos(), TimeUnit.NANOSECONDS));
                } catch (TimeoutException late) {
                    return Optional.empty();
                } catch (ExecutionException | CancellationException broken) {
                    throw broke(command, broken);
                }
            }

            @Override
            public long heard() {
                return answer.heard();
            }
        };
    }

    private Failure broke(RawCommand command, Exception why) {
        close();
        return command.sent() ? Trouble.broke(to, command, why) : Trouble.notSent(to, command, why);
    }

    private List<Reply> send(Duration limit, List<RawCommand> commands) throws Failure, InterruptedException {
        if (!usable()) {
            throw Trouble.notSent(to, commands.getFirst(), null);
        }
        long until = System.nanoTime() + limit.toNanos();
        var answers = commands.stream().map(AsyncCommand::new).toList();
        var replies = new ArrayList<Reply>();
        try {
            connection.dispatch(answers);
            for (var answer : answers) {
                var reply = answer.get(Math.max(1_000_000, until - System.nanoTime()), TimeUnit.NANOSECONDS);
                refusals.heard(to, commands.get(replies.size()).name(), reply);
                replies.add(reply);
            }
            return replies;
        } catch (TimeoutException late) {
            close();
            throw Trouble.noAnswer(to, commands.get(replies.size()), limit, late);
        } catch (ExecutionException | CancellationException | RedisException broken) {
            throw broke(commands.get(replies.size()), broken);
        } catch (InterruptedException stop) {
            close();
            throw stop;
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.accept(this);
            connection.closeAsync();
            way.close();
        }
    }
}
