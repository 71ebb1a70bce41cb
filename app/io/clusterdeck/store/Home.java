package io.clusterdeck.store;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this computer keeps what Clusterdeck knows: {@code $XDG_DATA_HOME/clusterdeck}, else {@code ~/.local/share/clusterdeck}; one
 * folder for each cluster, plain files only. Several processes may use it at once. A copy of the folder is a backup.
 */
public final class Home {

    private static final Logger LOG = LoggerFactory.getLogger(Home.class);

    private final Path folder;
    private final Optional<Say> note;

    private Home(Path folder, Optional<Say> note) {
        this.folder = folder;
        this.note = note;
    }

    /** The user's own; a folder for temporary files where that can't be written ({@link #note} says so). */
    public static Home open() throws IOException {
        return open(
                System.getenv(),
                Path.of(System.getProperty("user.home", "")),
                Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    static Home open(Map<String, String> environment, Path user, Path temporary) throws IOException {
        var xdg = environment.getOrDefault("XDG_DATA_HOME", "");
        // the specification of base directories: a relative path there is invalid and to be ignored
        var data = !xdg.isEmpty() && Path.of(xdg).isAbsolute() ? Path.of(xdg) : user.resolve(".local/share");
        var wanted = data.resolve("clusterdeck").toAbsolutePath();
        try {
            return at(wanted);
        } catch (IOException unwritable) {
            LOG.debug("{} can't be used", wanted, unwritable);
            var instead = instead(temporary);
            var note = Say.of("store.temporary", "wanted", wanted, "why", unwritable, "folder", instead);
            return new Home(instead, Optional.of(note));
        }
    }

    /** A home in this folder. Fails where it can't be made or written. */
    public static Home at(Path folder) throws IOException {
        Files0600.folder(folder);
        var probe = Files.createTempFile(folder, ".probe-", ".tmp");
        Files.delete(probe);
        return new Home(folder, Optional.empty());
    }

    /** The same for each process of this user, as long as nobody else made it first. */
    private static Path instead(Path temporary) throws IOException {
        var ours = temporary.resolve("clusterdeck-" + System.getProperty("user.name", "user"));
        try {
            if (!Files.exists(ours, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(ours, Files0600.rights(ours, "rwx------"));
            }
            if (mine(ours)) {
                return ours;
            }
        } catch (IOException taken) {
            LOG.debug("{} can't be used", ours, taken);
        }
        return Files.createTempDirectory(temporary, "clusterdeck-");
    }

    private static boolean mine(Path path) throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.isWritable(path)
                && (!Files0600.posix(path)
                        || PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS))
                                .equals("rwx------"));
    }

    public Path folder() {
        return folder;
    }

    /** What the operator must know of it: that it is temporary. */
    public Optional<Say> note() {
        return note;
    }

    /** The names of the clusters that are kept, sorted; also of one whose file can't be read. */
    public List<String> clusters() {
        var names = new ArrayList<String>();
        for (var each : folders()) {
            try {
                Documents.read(each.resolve("cluster.yaml"))
                        .map(tree -> String.valueOf(tree.get("name")))
                        .ifPresent(names::add);
            } catch (Failure broken) {
                LOG.debug("its name is that of its folder", broken);
                names.add(name(each));
            }
        }
        names.sort(String::compareTo);
        return names;
    }

    /** What is kept of a cluster: the tree of its cluster.yaml. */
    public Optional<Map<String, Object>> cluster(String name) throws Failure {
        return Documents.read(of(name).resolve("cluster.yaml"));
    }

    /** @param tree holds the {@code name}, too; never a secret */
    public void keep(String name, Map<String, ?> tree) throws Failure {
        if (!name.equals(tree.get("name"))) {
            throw new IllegalArgumentException("the tree is of another cluster than " + name);
        }
        Documents.write(of(name).resolve("cluster.yaml"), tree);
    }

    /** Where the blueprint that a cluster was built from last is kept. */
    public Path blueprint(String name) {
        return of(name).resolve("blueprint.yaml");
    }

    /** @param yaml never a secret */
    public void keepBlueprint(String name, String yaml) throws Failure {
        try {
            Files0600.replace(blueprint(name), yaml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw Kept.unwritable(blueprint(name), failed);
        }
    }

    /** What the operator noted of a cluster: the tree of its upkeep.yaml. */
    public Optional<Map<String, Object>> upkeep(String name) throws Failure {
        return Documents.read(upkeepFile(name));
    }

    public void keepUpkeep(String name, Map<String, ?> tree) throws Failure {
        Documents.write(upkeepFile(name), tree);
    }

    /** When it was changed last; empty where there is none. */
    public Optional<FileTime> upkeepChanged(String name) {
        return changed(upkeepFile(name));
    }

    /** When its cluster.yaml was changed last; empty for one that is not kept. */
    public Optional<FileTime> clusterChanged(String name) {
        return changed(of(name).resolve("cluster.yaml"));
    }

    private static Optional<FileTime> changed(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file));
        } catch (IOException none) {
            LOG.trace("there is no {}", file, none);
            return Optional.empty();
        }
    }

    private Path upkeepFile(String name) {
        return of(name).resolve("upkeep.yaml");
    }

    /** Forgets a cluster and what was noted of it; its runs, events and snapshots stay where they are. */
    public void forget(String name) throws Failure {
        try {
            Files.deleteIfExists(of(name).resolve("cluster.yaml"));
            Files.deleteIfExists(upkeepFile(name));
        } catch (IOException failed) {
            throw Kept.unwritable(of(name), failed);
        }
    }

    /** A cluster's folder; it need not exist yet. */
    public Path of(String cluster) {
        return folder.resolve(FolderName.of(cluster));
    }

    public Path runs(String cluster) {
        return of(cluster).resolve("runs");
    }

    /** The journals' folders of all clusters, also of those that are kept no more. */
    public List<Path> allRuns() {
        return folders().stream().map(f -> f.resolve("runs")).toList();
    }

    /** The names of all clusters of which anything is kept, also of those that were forgotten; sorted. */
    public List<String> everyCluster() {
        var names = new TreeSet<>(clusters());
        var known = names.stream().map(FolderName::of).collect(Collectors.toSet());
        for (var each : folders()) {
            var name = each.getFileName().toString();
            if (!known.contains(name) && Files.exists(each.resolve("audit.jsonl"))) {
                names.add(name(each));
            }
        }
        return List.copyOf(names);
    }

    private static String name(Path folder) {
        return URLDecoder.decode(folder.getFileName().toString(), StandardCharsets.UTF_8);
    }

    public Snapshots snapshots(String cluster) {
        return new Snapshots(of(cluster).resolve("snapshots"));
    }

    /** The failovers of a cluster. */
    public Records failovers(String cluster) {
        return new Records(of(cluster).resolve("failovers"));
    }

    /** The results of a cluster's drills; made when there is one. */
    public Path drills(String cluster) {
        return of(cluster).resolve("drills");
    }

    /** States that came as files from elsewhere. Clusters' folders have no dot in their names. */
    public Snapshots imported() {
        return new Snapshots(folder.resolve("imported.d"));
    }

    /** How often snapshots are taken by themselves, and how long they stay. */
    public Keeping keeping() throws Failure {
        return Keeping.of(Documents.read(folder.resolve("snapshots.yaml")).orElse(Map.of()));
    }

    public void keep(Keeping keeping) throws Failure {
        Documents.write(folder.resolve("snapshots.yaml"), keeping.tree());
    }

    /** With which this user signs exports; made when it is first asked for. */
    public SigningKey signingKey() throws Failure {
        return SigningKey.of(folder.resolve("signing.key"));
    }

    /** What was seen happening to a cluster. */
    public SayLog events(String cluster) {
        return new SayLog(of(cluster).resolve("events.jsonl"));
    }

    /** What was done to a cluster from this computer, and by whom. */
    public SayLog audit(String cluster) {
        return new SayLog(of(cluster).resolve("audit.jsonl"));
    }

    /** What was typed into a cluster's consoles. */
    public CommandHistory typed(String cluster) {
        return new CommandHistory(of(cluster).resolve("console.history"));
    }

    public Settings settings() throws Failure {
        return Settings.of(Documents.read(settingsFile()).orElse(Map.of()));
    }

    public void keep(Settings settings) throws Failure {
        Documents.write(settingsFile(), settings.tree());
    }

    private Path settingsFile() {
        return folder.resolve("settings.yaml");
    }

    /** What was begun in the wizard. Clusters' folders have no dot in their names. */
    public Drafts drafts() {
        return new Drafts(folder.resolve("drafts.d"));
    }

    public Secrets secrets() throws Failure {
        return Secrets.open(folder);
    }

    private List<Path> folders() {
        var folders = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(folder, Files::isDirectory)) {
            entries.forEach(folders::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return folders;
    }
}
