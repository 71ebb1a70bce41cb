package io.clusterdeck;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.clusterdeck.say.Say;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The floors of the house and who may know whom. Every rule is also run over a class that breaks it, and must see it. */
class ArchitectureTest {

    private static final String VIEWS = "io.clusterdeck.views..";
    private static final String CLI = "io.clusterdeck.cli..";
    private static final String DECK = "io.clusterdeck.deck..";
    private static final String WORDS = "io.clusterdeck.words..";
    private static final String REDIS = "io.clusterdeck.redis..";
    private static final String MYSQL = "io.clusterdeck.mysql..";
    private static final String STORE = "io.clusterdeck.store..";
    private static final String PLAN = "io.clusterdeck.plan..";
    private static final String REPORT = "io.clusterdeck.report..";
    private static final String SSH = "io.clusterdeck.ssh..";
    private static final String SAY = "io.clusterdeck.say..";

    /** The rules by name, each with the source of a class that breaks it. */
    private static final Map<String, Rule> RULES = new LinkedHashMap<>();

    static {
        only(
                "JavaFX and its company in views",
                List.of(VIEWS),
                List.of("javafx..", "org.controlsfx..", "impl.org.controlsfx..", "atlantafx..", "org.kordamp.ikonli.."),
                "package io.clusterdeck.cli; class Broken { javafx.scene.Node n; }");
        only(
                "JSch in ssh",
                List.of(SSH),
                List.of("com.jcraft.jsch.."),
                "package io.clusterdeck.redis.link; class Broken { com.jcraft.jsch.JSch j; }");
        only(
                "Lettuce and what it stands on in redis",
                List.of(REDIS),
                List.of("io.lettuce..", "io.netty..", "reactor.."),
                "package io.clusterdeck.views.topology; class Broken { io.lettuce.core.RedisURI u; }");
        only(
                "JDBC in mysql and store",
                List.of(MYSQL, STORE),
                List.of("java.sql..", "javax.sql..", "com.mysql.."),
                "package io.clusterdeck.redis.watch; class Broken { java.sql.Connection c; }");
        only(
                "Java's own pictures in reports",
                List.of("io.clusterdeck.report"),
                List.of("java.awt..", "javax.imageio..", "javax.swing.."),
                "package io.clusterdeck.views.topology; class Broken { java.awt.Color c; }");
        only(
                "picocli in cli",
                List.of(CLI),
                List.of("picocli.."),
                "package io.clusterdeck.deck; class Broken { picocli.CommandLine c; }");
        only(
                "words in cli and views",
                List.of(CLI, VIEWS, WORDS),
                List.of(WORDS),
                "package io.clusterdeck.redis.model; class Broken { io.clusterdeck.words.Words w; }");
        only(
                "the deck in cli and views",
                List.of(CLI, VIEWS, DECK),
                List.of(DECK),
                "package io.clusterdeck.redis.create; class Broken { io.clusterdeck.deck.Deck d; }");
        only(
                "cli in the Main of views",
                List.of(CLI, "io.clusterdeck.views"),
                List.of(CLI),
                "package io.clusterdeck.cli; public class Words {}",
                "package io.clusterdeck.views.shell; class Broken { io.clusterdeck.cli.Words w; }");
        only(
                "views in views",
                List.of(VIEWS),
                List.of(VIEWS),
                "package io.clusterdeck.cli; class Broken { io.clusterdeck.views.Main m; }");

        knows("say", SAY, List.of(SAY), "package io.clusterdeck.say; class Broken { io.clusterdeck.ssh.Host h; }");
        knows(
                "ssh",
                SSH,
                List.of(SSH, SAY),
                "package io.clusterdeck.ssh; class Broken { io.clusterdeck.plan.Plan p; }");
        knows(
                "plan",
                PLAN,
                List.of(PLAN, SSH, SAY),
                "package io.clusterdeck.plan; class Broken { io.clusterdeck.redis.model.Node n; }");
        knows(
                "redis",
                REDIS,
                List.of(REDIS, PLAN, REPORT, SSH, SAY),
                "package io.clusterdeck.store; public class Kept {}",
                "package io.clusterdeck.redis.watch; class Broken { io.clusterdeck.store.Kept k; }");
        knows(
                "mysql",
                MYSQL,
                List.of(MYSQL, PLAN, REPORT, SSH, SAY),
                "package io.clusterdeck.mysql; class Broken { io.clusterdeck.redis.model.Node n; }");
        knows(
                "store",
                STORE,
                List.of(STORE, PLAN, SSH, SAY),
                "package io.clusterdeck.store; class Broken { io.clusterdeck.redis.model.Node n; }");
        knows(
                "report",
                REPORT,
                List.of(REPORT, SAY),
                "package io.clusterdeck.report; class Broken { io.clusterdeck.redis.model.Node n; }");
        knows(
                "words",
                WORDS,
                List.of(WORDS, SAY),
                "package io.clusterdeck.words; class Broken { io.clusterdeck.ssh.Host h; }");

        rule(
                "no cycle between packages",
                slices().matching("io.clusterdeck.(**)").should().beFreeOfCycles(),
                "package io.clusterdeck.views.a; public class A { io.clusterdeck.views.b.B b; }",
                "package io.clusterdeck.views.b; public class B { io.clusterdeck.views.a.A a; }");
        rule(
                "packages are named for what they are for",
                noClasses()
                        .should()
                        .resideInAnyPackage(
                                "..util..", "..utils..", "..impl..", "..manager..", "..helper..", "..dto.."),
                "package io.clusterdeck.redis.util; class Broken {}");
        rule(
                "every package is null-marked",
                classes().that().resideInAPackage("io.clusterdeck..").should(BeNullMarked.ITS_PACKAGE),
                "package io.clusterdeck.redis.sloppy; class Broken {}");
        rule(
                "Fx alone hands work to the FX thread",
                noClasses()
                        .that()
                        .doNotHaveSimpleName("Fx")
                        .should()
                        .callMethodWhere(target(owner(name("javafx.application.Platform")))
                                .and(target(name("runLater")))),
                "package io.clusterdeck.views.shell;"
                        + " class Broken { void f() { javafx.application.Platform.runLater(() -> {}); } }");
        rule(
                "nothing in a view sleeps",
                noClasses()
                        .that()
                        .resideInAPackage(VIEWS)
                        .should()
                        .callMethodWhere(target(owner(name("java.lang.Thread"))).and(target(name("sleep")))),
                "package io.clusterdeck.views.shell;"
                        + " class Broken { void f() throws Exception { Thread.sleep(1); } }");
        rule(
                "stdout and stderr belong to the command line",
                noClasses()
                        .that()
                        .resideOutsideOfPackages(CLI, "io.clusterdeck.views")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err"),
                "package io.clusterdeck.redis.watch; class Broken { void f() { System.out.println(); } }");
        rule(
                "no stack trace is printed past the log",
                noClasses().should().callMethodWhere(target(name("printStackTrace"))),
                "package io.clusterdeck.plan; class Broken { void f(Exception e) { e.printStackTrace(); } }");
    }

    private record Rule(ArchRule rule, List<String> breach) {}

    private static void rule(String title, ArchRule rule, String... breach) {
        RULES.put(title, new Rule(rule.as(title), List.of(breach)));
    }

    /** These libraries or packages are used in those packages and nowhere else. */
    private static void only(String title, List<String> who, List<String> what, String... breach) {
        rule(
                title,
                noClasses()
                        .that()
                        .resideOutsideOfPackages(who.toArray(String[]::new))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(what.toArray(String[]::new)),
                breach);
    }

    /** Of our own packages, these know those and no others. */
    private static void knows(String who, String packages, List<String> known, String... breach) {
        rule(
                who + " knows only its own floor and below",
                noClasses()
                        .that()
                        .resideInAPackage(packages)
                        .should()
                        .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("io.clusterdeck..")
                                .and(JavaClass.Predicates.resideOutsideOfPackages(known.toArray(String[]::new))))
                        .allowEmptyShould(true),
                breach);
    }

    private static final JavaClasses HOUSE = new ClassFileImporter()
            .importUrl(Say.class.getProtectionDomain().getCodeSource().getLocation());

    static Stream<String> rules() {
        return RULES.keySet().stream();
    }

    @Test
    void theWholeHouseWasRead() {
        assertTrue(HOUSE.size() > 50, "only " + HOUSE.size() + " classes were found");
        assertTrue(HOUSE.contain("io.clusterdeck.views.Main") && HOUSE.contain("io.clusterdeck.redis.model.Node"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(String title) {
        RULES.get(title).rule().check(HOUSE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void seesABreach(String title, @TempDir Path folder) throws IOException {
        var rule = RULES.get(title);
        var broken = compiled(rule.breach(), folder);
        var seen = assertThrows(AssertionError.class, () -> rule.rule().check(broken));
        assertTrue(seen.getMessage().contains("was violated"), seen.getMessage());
    }

    private static JavaClasses compiled(List<String> sources, Path folder) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var paths = new ArrayList<Path>();
            for (var source : sources) {
                var path = folder.resolve("source" + paths.size()).resolve(publicName(source) + ".java");
                Files.createDirectories(path.getParent());
                paths.add(Files.writeString(path, source));
            }
            var out = Files.createDirectories(folder.resolve("classes"));
            var options = List.of("-proc:none", "-d", out.toString(), "-cp", libraries(), "-Xlint:none");
            var messages = new StringWriter();
            var done = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
                    .call();
            assertEquals(true, done, messages.toString());
            return new ClassFileImporter().importPath(out);
        }
    }

    private static String libraries() {
        return System.getProperty("java.class.path")
                + File.pathSeparator
                + Objects.requireNonNullElse(System.getProperty("jdk.module.path"), "");
    }

    private static String publicName(String source) {
        return source.replaceFirst(".* class (\\w+) .*", "$1");
    }
}
