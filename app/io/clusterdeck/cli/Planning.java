package io.clusterdeck.cli;

import io.clusterdeck.say.Failure;
import picocli.CommandLine.Option;

/** How a word tells of the plan that it makes, and whether it runs it. */
final class Planning {

    @Option(names = "--json")
    boolean json;

    @Option(names = {"-v", "--verbose"})
    boolean verbose;

    @Option(names = "--show")
    boolean show;

    @Option(names = "--by-hand")
    boolean byHand;

    /** Whether nothing is to be changed, whatever else is said. */
    boolean shows() {
        return show || byHand;
    }

    Deciding deciding(Session session, Answering answers) throws Failure {
        var deciding = new Deciding(session, session.deck(answers), answers, json, verbose);
        return byHand ? deciding.showing().asLines() : show ? deciding.showing() : deciding;
    }
}
