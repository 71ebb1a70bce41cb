package io.clusterdeck.views.notice;

import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The notices that the window shows, newest last. None asks for anything, none takes the focus. FX thread. */
public final class Notices {
    /** More at once than a person reads; the oldest goes. */
    private static final int MOST = 3;

    private final ObservableList<Notice> shown = FXCollections.observableArrayList();
    // one for all: a wrapper that nobody holds is forgotten, and its listeners with it
    private final ObservableList<Notice> all = FXCollections.unmodifiableObservableList(shown);
    private final BooleanProperty desktop = new SimpleBooleanProperty(true);

    /** Whether the desktop is told of a cluster that turns bad. */
    public BooleanProperty desktopProperty() {
        return desktop;
    }

    public void tell(Notice notice) {
        shown.remove(notice);
        shown.add(notice);
        if (shown.size() > MOST) {
            shown.removeFirst();
        }
    }

    /** Puts another in the place of one that is still shown. @return whether it was */
    public boolean replace(Notice was, Notice now) {
        int at = shown.indexOf(was);
        if (at >= 0) {
            shown.set(at, now);
        }
        return at >= 0;
    }

    public void dismiss(Notice notice) {
        shown.remove(notice);
    }

    public ObservableList<Notice> shown() {
        return all;
    }

    /** Passes a notice on, for who should not see the rest. */
    public Consumer<Notice> to() {
        return this::tell;
    }
}
