package io.clusterdeck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Every key that the sources say has words in both languages, with the same holes, and no words lie unused. */
class SayKeysTest {

    private static final Path I18N = Path.of("resources/i18n");
    private static final Pattern HOLE = Pattern.compile("\\{([a-zA-Z]+)(?::[a-z]+)?(?::[^}]*)?}");
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]*(\\.[A-Za-z0-9_-]+)+");
    private static final Pattern KEY_IN_SCRIPT = Pattern.compile("(?<![\\w./-])" + KEY.pattern());

    /** Areas by whose names something else begins, too: kinds of steps, fields of a blueprint, files. */
    private static final Set<String> SHARED =
            Set.of("aof", "build", "config", "console", "drill", "file", "hosts", "snapshots", "tls");

    /** One {@code Say.of("key", "name", value, …)} or {@code words.say("key", …)}. */
    private record Said(String key, Set<String> names, boolean allNamesKnown, String where) {}

    private final List<Said> said = new ArrayList<>();
    private final Set<String> literals = new HashSet<>();
    private final Map<String, String> english = words("en");
    private final Map<String, String> chinese = words("zh");

    SayKeysTest() throws IOException {
        readSources();
        readScripts();
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertEquals(String.join("\n", english.keySet()), String.join("\n", chinese.keySet()));
    }

    @Test
    void everyKeyThatIsSaidHasWords() {
        var missing = said.stream()
                .filter(s -> !english.containsKey(s.key()))
                .map(s -> s.key() + "  " + s.where())
                .toList();
        assertEquals(List.of(), missing);
    }

    /** Also one that goes to the words by a method of its own, as of a button. */
    @Test
    void whatLooksLikeAKeyHasWords() {
        var areas = english.keySet().stream()
                .map(key -> key.substring(0, key.indexOf('.')))
                .filter(area -> !SHARED.contains(area))
                .collect(Collectors.toSet());
        var missing = literals.stream()
                .filter(text -> KEY.matcher(text).matches() && areas.contains(text.substring(0, text.indexOf('.'))))
                .filter(text -> !english.containsKey(text)
                        && english.keySet().stream().noneMatch(key -> key.startsWith(text + ".")))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void bothLanguagesHaveTheSameHoles() {
        var differing = english.keySet().stream()
                .filter(chinese::containsKey)
                .filter(key -> !holes(english.get(key)).equals(holes(chinese.get(key))))
                .map(key -> key + "  " + english.get(key) + "  " + chinese.get(key))
                .toList();
        assertEquals(List.of(), differing);
    }

    @Test
    void everyHoleIsFilled() {
        var open = said.stream()
                .filter(s -> s.allNamesKnown() && english.containsKey(s.key()))
                .filter(s -> !s.names().containsAll(holes(english.get(s.key()))))
                .map(s -> s.key() + " is given " + s.names() + " and wants " + holes(english.get(s.key())) + "  "
                        + s.where())
                .toList();
        assertEquals(List.of(), open);
    }

    /** A key counts as used if it is written out anywhere, or if its beginning up to a dot is ({@code "health." + rule}); a cure, hint or prompt ({@code KEY.next}), or what is told once it is over, with its key. */
    @Test
    void noWordsLieUnused() {
        var unused = english.keySet().stream().filter(key -> !used(key)).toList();
        assertEquals(List.of(), unused);
    }

    @Test
    void noWordsAreEmptyOrSpoiled() {
        Stream.of(english, chinese)
                .flatMap(all -> all.entrySet().stream())
                .forEach(entry -> assertTrue(
                        !entry.getValue().isBlank()
                                && !entry.getValue().contains("\uFFFD")
                                && entry.getValue()
                                                .chars()
                                                .filter(c -> c == '{')
                                                .count()
                                        == HOLE.matcher(entry.getValue())
                                                .results()
                                                .count(),
                        entry::toString));
    }

    private boolean used(String key) {
        if (literals.contains(key)
                || Stream.of(".next", ".hint", ".prompt", ".over")
                        .anyMatch(end -> key.endsWith(end) && used(key.substring(0, key.length() - end.length())))) {
            return true;
        }
        for (int dot = key.lastIndexOf('.'); dot > 0; dot = key.lastIndexOf('.', dot - 1)) {
            if (literals.contains(key.substring(0, dot + 1))) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> holes(String template) {
        return HOLE.matcher(template).results().map(m -> m.group(1)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> words(String language) throws IOException {
        var all = new TreeMap<String, String>();
        for (var file : files(I18N.resolve(language), ".properties")) {
            var area = file.getFileName().toString().replace(".properties", "");
            for (var line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                assertTrue(line.contains("="), file + ": one key = one line, not: " + line);
                var key = line.substring(0, line.indexOf('=')).strip();
                assertTrue(key.startsWith(area + "."), file + ": " + key + " belongs to another file");
                var before = all.put(key, line.substring(line.indexOf('=') + 1).strip());
                assertEquals(null, before, file + ": " + key + " stands there twice");
            }
        }
        return all;
    }

    private void readScripts() throws IOException {
        for (var script : files(Path.of("resources"), ".sh")) {
            KEY_IN_SCRIPT.matcher(Files.readString(script)).results().forEach(m -> literals.add(m.group()));
        }
    }

    private void readSources() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var sources = new ArrayList<Path>();
            for (var floor : List.of("ssh", "app", "views")) {
                sources.addAll(files(Path.of(floor), ".java"));
            }
            var task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
            for (var unit : task.parse()) {
                new Reader(Path.of(unit.getSourceFile().toUri()).getFileName().toString()).scan(unit, null);
            }
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var all = Files.walk(folder)) {
            return all.filter(p -> p.toString().endsWith(ending)).sorted().toList();
        }
    }

    private final class Reader extends TreeScanner<Void, Void> {
        private final String file;

        private Reader(String file) {
            this.file = file;
        }

        @Override
        public Void visitLiteral(LiteralTree literal, Void nothing) {
            if (literal.getValue() instanceof String text) {
                literals.add(text);
            }
            return super.visitLiteral(literal, nothing);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
            var arguments = call.getArguments();
            if (call.getMethodSelect() instanceof MemberSelectTree method
                    && (method.toString().equals("Say.of")
                            || method.getIdentifier().contentEquals("say"))
                    && !arguments.isEmpty()
                    && text(arguments.getFirst()) instanceof String key
                    && KEY.matcher(key).matches()) {
                said.add(said(key, arguments));
            }
            return super.visitMethodInvocation(call, nothing);
        }

        private Said said(String key, List<? extends ExpressionTree> arguments) {
            var names = new TreeSet<String>();
            boolean known = arguments.size() % 2 == 1;
            for (int i = 1; i < arguments.size(); i += 2) {
                if (text(arguments.get(i)) instanceof String name) {
                    names.add(name);
                } else {
                    known = false;
                }
            }
            return new Said(key, names, known, file);
        }

        private static String text(ExpressionTree argument) {
            return argument instanceof LiteralTree literal && literal.getValue() instanceof String text ? text : null;
        }
    }
}
