package io.clusterdeck.bench;

import io.clusterdeck.lab.Lab;
import io.clusterdeck.plan.RunEvent.Outcome;
import io.clusterdeck.redis.build.Building;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Six bare hosts to a proven cluster, from a release tarball over SSH; beside it the compiler's packages and make on one bare host, by hand. */
public final class BuildBench implements Bench {

    private static final int HOSTS = 6;
    private static final double TIMES = 1.3;
    private static final double MILLIS = 5_000;

    private static final String BY_HAND = "export DEBIAN_FRONTEND=noninteractive; "
            + "apt-get -q update && apt-get -q -y install --no-install-recommends gcc make libc6-dev pkg-config && "
            + "tar xzf /root/redis.tar.gz -C /root && cd /root/redis-* && make -j\"$(nproc)\" MALLOC=libc";

    @Override
    public String name() {
        return "build";
    }

    @Override
    public String lacks() {
        return System.getProperty("user.name").equals("root") ? "" : "root, for the lab's hosts";
    }

    @Override
    public List<Row> measure() throws Exception {
        var folder = Files.createTempDirectory("build-bench");
        var lab = Lab.bare(HOSTS);
        try (var building = Building.over(folder).password("a password of the bench")) {
            var tarball = Lab.tarball();
            double hand = byHand(lab, tarball.file());
            lab.wipe("h1");
            double ours = ours(lab, building, tarball);
            double most = TIMES * hand + MILLIS;
            return List.of(new Row(
                    "six bare hosts → proven",
                    Row.millis(ours),
                    Row.millis(hand) + " tools + make, one host",
                    String.format(java.util.Locale.ROOT, "%.2f ×", ours / hand),
                    "≤ " + Row.millis(most),
                    ours <= most));
        } finally {
            lab.down();
        }
    }

    private static double byHand(Lab lab, Path tarball) throws IOException, InterruptedException {
        run("scp", "-q", "-F", lab.sshConfig().toString(), tarball.toString(), "root@h1:/root/redis.tar.gz");
        long began = System.nanoTime();
        run("ssh", "-F", lab.sshConfig().toString(), "root@h1", BY_HAND);
        return (System.nanoTime() - began) / 1e6;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        var log = Files.createTempFile("build-bench", ".log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            throw new IOException(command[0] + ": "
                    + Files.readAllLines(log).reversed().stream().limit(3).toList());
        }
    }

    private static double ours(Lab lab, Building building, Lab.Tarball tarball) throws Exception {
        var url = lab.serve(tarball.file().getParent())
                .resolve(tarball.file().getFileName().toString());
        var version = tarball.file().getFileName().toString().replaceAll("^redis[-_]|(\\.orig)?\\.tar\\.gz$", "");
        var hosts = lab.hosts().stream()
                .map(h -> "  - {name: %s, ssh: %s, user: root, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        var blueprint = Building.read("""
            name: bench
            hosts:
            %s
            redis: {version: %s, url: '%s', sha256: %s, malloc: libc}
            layout: {root: /srv/redis-cluster, ports: 7000}
            """.formatted(hosts, version, url, tarball.sha256()));
        long began = System.nanoTime();
        var plan = building.plan(blueprint);
        var run = building.run(plan.plan());
        double took = (System.nanoTime() - began) / 1e6;
        if (run.ended().orElseThrow().outcome() != Outcome.DONE) {
            throw new IllegalStateException(Building.why(run));
        }
        return took;
    }
}
