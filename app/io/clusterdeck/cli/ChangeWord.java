package io.clusterdeck.cli;

import io.clusterdeck.say.Failure;
import picocli.CommandLine.Option;

/** A word that changes one cluster by a plan of its own, and can show that plan instead. */
abstract class ChangeWord extends ActWord {

    @Option(names = "--show")
    boolean show;

    ChangeWord(Session session) {
        super(session);
    }

    @Override
    final Deciding deciding() throws Failure {
        return show ? super.deciding().showing() : super.deciding();
    }
}
