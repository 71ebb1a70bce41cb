package io.clusterdeck.redis.build;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.say.Unreachable;
import io.clusterdeck.ssh.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Fetches what a URL gives to this computer. However long that takes it goes on while bytes come; a server that takes the connection and
 * falls silent is given up.
 *
 * @param silence without a byte, after which it is given up
 */
record Fetch(Duration silence) {

    /** @param progress told as the bytes come; the total is 0 where the server does not tell it */
    void to(Path file, String url, Progress progress) throws Failure, InterruptedException {
        var http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(Duration.ofSeconds(20))
                .build();
        try {
            var answer = http.send(
                    HttpRequest.newBuilder(URI.create(url)).timeout(silence).build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw failed(url, "HTTP " + answer.statusCode(), null);
            }
            write(answer, file, progress);
        } catch (HttpTimeoutException silent) {
            throw silent(url, silent);
        } catch (IOException | IllegalArgumentException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw failed(url, String.valueOf(e.getMessage()), e);
        } finally {
            http.shutdownNow();
        }
    }

    private void write(HttpResponse<InputStream> answer, Path file, Progress progress) throws IOException {
        long total = answer.headers().firstValueAsLong("content-length").orElse(0);
        var done = new AtomicLong();
        var over = new AtomicBoolean();
        try (var body = answer.body();
                var to = Files.newOutputStream(file)) {
            var watch = Thread.ofVirtual().name("fetch " + answer.uri()).start(() -> watch(body, done, over));
            try {
                var bytes = new byte[1 << 16];
                for (int n = body.read(bytes); n >= 0; n = body.read(bytes)) {
                    to.write(bytes, 0, n);
                    progress.at(done.addAndGet(n), total);
                }
            } finally {
                watch.interrupt();
            }
        } catch (IOException e) {
            if (over.get()) {
                throw new HttpTimeoutException(String.valueOf(e.getMessage()));
            }
            throw e;
        }
        if (over.get()) {
            throw new HttpTimeoutException("");
        }
    }

    /** Ends the reading where nothing came for too long. */
    private void watch(InputStream body, AtomicLong done, AtomicBoolean over) {
        try {
            for (long before = -1; done.get() != before; ) {
                before = done.get();
                Thread.sleep(silence);
            }
            over.set(true);
            body.close();
        } catch (InterruptedException read) {
            // all is read, or nobody wants it any more
            Thread.currentThread().interrupt();
        } catch (IOException closed) {
            throw new java.io.UncheckedIOException(closed);
        }
    }

    private Unreachable silent(String url, Throwable cause) {
        return new Unreachable(
                Say.of("build.source.silent-here", "url", url, "t", silence.toMillis()),
                Say.of("build.source.not-fetched-here.next"),
                cause);
    }

    private static Unreachable failed(String url, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        var what = Say.of("build.source.not-fetched-here", "url", url, "why", why);
        var next = Say.of("build.source.not-fetched-here.next");
        return cause == null ? new Unreachable(what, next) : new Unreachable(what, next, cause);
    }
}
