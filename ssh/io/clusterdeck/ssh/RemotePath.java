package io.clusterdeck.ssh;

/** A path on a host: absolute, or relative to the home of the user who signs in ({@code ~/} is accepted). Any character but NUL. */
public record RemotePath(String value) {

    public RemotePath child(String name) {
        return new RemotePath(value.endsWith("/") ? value + name : value + "/" + name);
    }

    @Override
    public String toString() {
        return value;
    }
}
