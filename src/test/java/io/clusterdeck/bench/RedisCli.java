package io.clusterdeck.bench;

import io.clusterdeck.redis.RealRedis;
import io.clusterdeck.redis.link.LettuceLinks;
import io.clusterdeck.redis.link.Login;
import io.clusterdeck.redis.link.Ways;
import io.clusterdeck.redis.watch.Settled;
import io.clusterdeck.say.OutcomeUnknown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The rival that creates clusters: {@code redis-cli --cluster create} of the path, until every node says ok and all agree. */
record RedisCli(Path program) {

    /** Where there is one. */
    static Optional<RedisCli> find() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, "redis-cli"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(RedisCli::new);
    }

    /** Milliseconds, of running and empty servers; empty when the limit was not enough. */
    OptionalDouble create(List<RealRedis> servers, Duration limit) throws Exception {
        var command = new ArrayList<>(List.of(program.toString(), "--cluster", "create"));
        servers.forEach(s -> command.add(s.address().toString()));
        command.addAll(List.of("--cluster-replicas", "1", "--cluster-yes"));
        long began = System.nanoTime();
        var log = Files.createTempFile("redis-cli", ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
            return OptionalDouble.empty();
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("redis-cli ended with " + process.exitValue() + ": "
                    + Files.readAllLines(log).getLast());
        }
        try (var links = new LettuceLinks(Ways.DIRECT, () -> Login.NONE)) {
            Settled.await(
                    links,
                    servers.stream().map(RealRedis::address).toList(),
                    limit.minusNanos(System.nanoTime() - began),
                    line -> {});
        } catch (OutcomeUnknown late) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of((System.nanoTime() - began) / 1e6);
    }
}
