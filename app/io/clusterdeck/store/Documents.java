package io.clusterdeck.store;

import io.clusterdeck.say.NotAllowed;
import io.clusterdeck.say.UnexpectedOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Small YAML files as trees of maps, lists, strings, numbers and booleans; replaced in one step. */
final class Documents {

    private Documents() {}

    static Optional<Map<String, Object>> read(Path file) throws UnexpectedOutput {
        try {
            var tree = new Load(LoadSettings.builder().setLabel(file.toString()).build())
                    .loadFromString(Files.readString(file));
            if (!(tree instanceof Map<?, ?> map)) {
                throw new IOException("no map at its top");
            }
            var named = new LinkedHashMap<String, Object>();
            map.forEach((k, v) -> named.put(String.valueOf(k), v));
            return Optional.of(named);
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | YamlEngineException broken) {
            throw Kept.unreadable(file, broken);
        }
    }

    static void write(Path file, Map<String, ?> tree) throws NotAllowed {
        var text = new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setDumpComments(false)
                        .build())
                .dumpToString(tree);
        try {
            Files0600.replace(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw Kept.unwritable(file, failed);
        }
    }
}
