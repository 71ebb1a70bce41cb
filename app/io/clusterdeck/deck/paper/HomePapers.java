package io.clusterdeck.deck.paper;

import io.clusterdeck.say.Failure;
import io.clusterdeck.say.Say;
import io.clusterdeck.ssh.Secret;
import io.clusterdeck.store.Home;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** The papers of a home folder. */
public final class HomePapers implements Papers {

    private final Home home;
    private final Supplier<Collection<Secret>> secrets;

    /** @param secrets all that are known, so that none of them leaves */
    public HomePapers(Home home, Supplier<Collection<Secret>> secrets) {
        this.home = home;
        this.secrets = secrets;
    }

    @Override
    public List<AuditRow> audit() throws Failure {
        var rows = new ArrayList<AuditRow>();
        for (var cluster : home.everyCluster()) {
            var log = home.audit(cluster);
            var all = log.all();
            rows.addAll(AuditRows.of(cluster, all.entries()));
            if (all.unread() > 0) { // an audit with gaps says so
                rows.add(AuditRows.note(cluster, Say.of("deck.audit.unread", "n", all.unread(), "file", log.file())));
            }
        }
        rows.sort(Comparator.comparing(AuditRow::at).reversed());
        return List.copyOf(rows);
    }

    @Override
    public SupportBundle support() throws Failure {
        return new SupportFiles(home, new Scrub(secrets.get())).bundle();
    }
}
