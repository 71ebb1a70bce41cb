package io.clusterdeck.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;

/** Three hosts with two nodes each as a person gets them: a blueprint in a file, and the program's own commands. */
final class Commanded {

    private static final String ROOT = "/home/ops/redis-cluster";

    private final Lab lab;
    private final Path folder;
    private final List<String> hosts;

    /** @param folder for the blueprint, for all that is kept, and for what is printed */
    Commanded(Lab lab, Path folder) throws Exception {
        this.lab = lab;
        this.folder = folder;
        this.hosts = lab.hosts().subList(0, 3);
        Files.copy(
                lab.knownHosts(), Files.createDirectories(folder.resolve("ssh")).resolve("known_hosts"));
    }

    /** One document that a command prints on stdout. */
    private JsonNode json(String... words) throws Exception {
        var command = new ArrayList<>(List.of("./clusterdeck"));
        command.addAll(List.of(words));
        var progress = folder.resolve("progress.txt");
        var builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectError(progress.toFile());
        builder.environment()
                .putAll(Map.of(
                        "XDG_DATA_HOME",
                        folder.resolve("data").toString(),
                        "XDG_CONFIG_HOME",
                        folder.resolve("config").toString(),
                        "CLUSTERDECK_JAVA_OPTS",
                        "-Dclusterdeck.ssh=" + folder.resolve("ssh"),
                        "LC_ALL",
                        "C.UTF-8"));
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        var all = String.join(" ", words) + " ended with " + code + "\n" + Files.readString(progress) + printed;
        System.out.println(all);
        assertTrue(code == 0 && !printed.isBlank() || printed.contains("\"nodes\""), all);
        return new ObjectMapper().readTree(printed);
    }

    /** Builds them. @param redis of the blueprint */
    JsonNode apply(String redis) throws Exception {
        var list = hosts.stream()
                .map(h -> "  - {name: %s, ssh: %s, user: ops, auth: [keys, %s]}"
                        .formatted(h, lab.address(h), lab.key("id_ed25519")))
                .collect(Collectors.joining("\n"));
        var file = Files.writeString(
                folder.resolve("carts.yaml"), "name: carts\nhosts:\n%s\nredis: %s\ncure: yes\n".formatted(list, redis));
        return json("apply", file.toString(), "--json");
    }

    /** By their steps. */
    static Map<String, String> phases(JsonNode run) {
        assertEquals("done", run.path("outcome").asText(), run::toPrettyString);
        var phases = new HashMap<String, String>();
        run.path("steps")
                .forEach(s -> phases.put(s.path("id").asText(), s.path("phase").asText()));
        return phases;
    }

    /** What runs there: pids by port and host. */
    List<String> pids() {
        return hosts.stream()
                .map(h -> lab.exec(h, "sh", "-c", "cd " + ROOT + " && tail -n 1 */redis.pid"))
                .toList();
    }

    /** The state, as {@code status} tells and paints it: whole, and the nodes' own, by the ids that they wrote themselves. */
    void whole() throws Exception {
        var picture = folder.resolve("carts.png");
        var state = json("status", "carts", "--wait", "120", "--json", "--picture", picture.toString());
        assertEquals("ok", state.path("state").asText(), state::toPrettyString);
        assertEquals(16_384, state.path("slotsCovered").asInt());
        assertEquals(6, linked(state), state::toPrettyString);
        var own = hosts.stream()
                .flatMap(h -> lab.exec(h, "sh", "-c", "grep -h myself " + ROOT + "/*/data/nodes.conf")
                        .lines())
                .map(l -> l.split(" ")[0])
                .sorted()
                .toList();
        var told = nodes(state).map(n -> n.path("id").asText()).sorted().toList();
        assertEquals(own, told);
        new Painted(ImageIO.read(picture.toFile())).showsThreeShardsOfTwo();
        Files.createDirectories(Path.of("target/pictures"));
        Files.copy(
                picture, Path.of("target/pictures/status-lab.png"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static java.util.stream.Stream<JsonNode> nodes(JsonNode state) {
        return StreamSupport.stream(state.path("nodes").spliterator(), false);
    }

    private static long linked(JsonNode state) {
        return nodes(state).filter(n -> n.path("linkUp").asBoolean()).count();
    }

    /** One is ended behind its back: the next state knows. */
    void oneLess() throws Exception {
        lab.exec("h2", "sh", "-c", "kill -KILL $(cat " + ROOT + "/9001/redis.pid)");
        var state = json("status", "carts", "--wait", "30", "--json");
        var gone = nodes(state)
                .filter(n ->
                        n.path("host").asText().equals("h2") && n.path("port").asInt() == 9001)
                .findFirst()
                .orElseThrow();
        assertEquals(false, gone.path("linkUp").asBoolean(), state::toPrettyString);
        assertEquals(5, linked(state), state::toPrettyString);
    }
}
