package io.clusterdeck.cli;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Printable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints the last lines of a node's log, and with --follow what comes. */
@Command(name = "logs")
final class LogsWord extends ClusterWord {

    private static final long LOOK_SECONDS = 2;

    @Parameters(paramLabel = "NODE")
    String node = "";

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "40")
    int lines = 40;

    @Option(names = {"-f", "--follow"})
    boolean follow;

    LogsWord(Session session) {
        super(session);
    }

    @Override
    int run() throws Failure, InterruptedException, Misuse {
        var cluster = cluster();
        var found = NodeArgument.find(seen(cluster), node);
        // the past is told before log() returns, whole
        try (var following = cluster.log(found.id(), lines, line -> session.result(Printable.of(line.text())))) {
            if (!follow) {
                return Code.DONE;
            }
            session.atEnd(following);
            var never = new CountDownLatch(1);
            while (following.alive() && !session.unread()) {
                if (never.await(LOOK_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException();
                }
            }
            if (session.unread()) {
                return Code.FAILED;
            }
            session.note(Say.of("cli.log-lost", "node", found.address()));
            return Code.FAILED;
        }
    }
}
