package io.clusterdeck.views;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** No string is left out: a text that a view shows comes from the words, in both languages, and never stands in the view itself. */
class StringsTest {
    private static final Pattern WORDS = Pattern.compile("\\p{L}{2,}");

    /** What shows its first text, or is given one. */
    private static final Set<String> SHOWS = Set.of(
            "Label",
            "Button",
            "ToggleButton",
            "CheckBox",
            "RadioButton",
            "MenuItem",
            "CheckMenuItem",
            "RadioMenuItem",
            "Menu",
            "MenuButton",
            "Text",
            "TextField",
            "Tooltip",
            "Wrapped",
            "TitledPane",
            "Tab",
            "TableColumn",
            "Hyperlink",
            "ExtensionFilter",
            "setText",
            "setPromptText",
            "setAccessibleText",
            "setAccessibleHelp",
            "setTitle",
            "setHeaderText",
            "setContentText");

    /** Keys and formats: the same in every language. */
    private static final Set<String> SAME = Set.of("Clusterdeck", "CSV", "JSON", "YAML", "HTML", "Markdown");

    @Test
    void noViewHoldsWords() throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.walk(Path.of("views"))) {
            all.filter(p -> p.toString().endsWith(".java")).forEach(files::add);
        }
        assertTrue(files.size() > 60, "only " + files.size() + " views were read");
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            assertEquals(List.of(), found(manager.getJavaFileObjectsFromPaths(files)));
        }
    }

    @Test
    void seesThem() throws IOException {
        var broken = new SimpleJavaFileObject(URI.create("string:///B.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignore) {
                return """
                    class B { void f(L look, int n) {
                        new Label("Nothing yet");
                        b.setText(n > 1 ? look.say("views.x") : n + " nodes");
                        c.setPromptText("筛选");
                        new Label(look.say("views.fine")); d.setText("–"); e.setId("fine-too");
                    } }
                    """;
            }
        };
        assertEquals(3, found(List.of(broken)).size());
    }

    private static List<String> found(Iterable<? extends JavaFileObject> sources) throws IOException {
        var found = new ArrayList<String>();
        var task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, d -> {}, List.of("-proc:none"), null, sources);
        for (var unit : task.parse()) {
            var file = Path.of(unit.getSourceFile().getName()).getFileName();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitNewClass(NewClassTree made, Void nothing) {
                    look(made.getIdentifier().toString(), made.getArguments());
                    return super.visitNewClass(made, nothing);
                }

                @Override
                public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                    look(call.getMethodSelect().toString(), call.getArguments());
                    return super.visitMethodInvocation(call, nothing);
                }

                private void look(String what, List<? extends ExpressionTree> arguments) {
                    var name = what.replaceFirst(".*\\.", "").replaceFirst("<.*", "");
                    if (SHOWS.contains(name) && !arguments.isEmpty()) {
                        literals(arguments.getFirst())
                                .forEach(text -> found.add(file + ": " + name + "(\"" + text + "\")"));
                    }
                }
            }.scan(unit, null);
        }
        return found;
    }

    /** Those that are shown as they are: not what is handed to a method, such as the key of a Say. */
    private static List<String> literals(ExpressionTree shown) {
        var texts = new ArrayList<String>();
        new TreeScanner<Void, Void>() {
            @Override
            public Void visitLiteral(LiteralTree literal, Void nothing) {
                if (literal.getValue() instanceof String text
                        && WORDS.matcher(text).find()
                        && !SAME.contains(text)) {
                    texts.add(text);
                }
                return null;
            }

            @Override
            public Void visitConditionalExpression(ConditionalExpressionTree choice, Void nothing) {
                scan(choice.getTrueExpression(), null);
                return scan(choice.getFalseExpression(), null);
            }

            @Override
            public Void visitMethodInvocation(MethodInvocationTree call, Void nothing) {
                return null;
            }
        }.scan(shown, null);
        return texts;
    }
}
