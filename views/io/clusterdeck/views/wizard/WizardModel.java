package io.clusterdeck.views.wizard;

import io.clusterdeck.deck.Drafting;
import io.clusterdeck.plan.Offer;
import io.clusterdeck.redis.build.Blueprint;
import io.clusterdeck.redis.build.BlueprintReader.Reading;
import io.clusterdeck.redis.build.BlueprintWriter;
import io.clusterdeck.say.Failure;
import io.clusterdeck.views.runs.RunsModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.StringProperty;

/** One draft: its pages, what stands between it and a cluster, its plan and its run. FX thread. */
public final class WizardModel {
    final HostsModel hosts;
    final RedisModel redis;
    final LayoutModel layout;
    final ConfModel conf;
    final TlsModel tls;
    final ReviewModel review;
    final Built built;
    /** Why it could not be kept, or could not be begun. */
    final ObjectProperty<Optional<Failure>> trouble = new SimpleObjectProperty<>(Optional.empty());

    final ObjectProperty<Optional<Instant>> saved = new SimpleObjectProperty<>(Optional.empty());
    private final String id;
    private final Supplier<Collection<String>> known;
    private final Consumer<WizardModel> keep;
    /** Takes a snapshot of the cluster that was built. */
    final DraftsModel.Taking taking;

    private final List<Part> parts;
    private final ObjectProperty<Place> place = new SimpleObjectProperty<>(Place.HOSTS);
    private final ReadOnlyObjectWrapper<List<Problem>> problems = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Set<Place>> tried = new ReadOnlyObjectWrapper<>(Set.of());
    private Map<String, Object> tree = Map.of();
    private final Meaning meaning;
    /** The cluster that a run of this draft has begun to build. */
    private String begun = "";
    /** What is wrong with the entries themselves. */
    private List<Problem> entered = List.of();

    private Problem.Read read = Problem.Read.NOTHING;
    private boolean filling;

    /**
     * @param known names of the clusters that are kept
     * @param keep told whenever there is something new to keep
     * @param reader what a draft means; told on any thread
     */
    WizardModel(
            String id,
            Drafting drafting,
            RunsModel runs,
            Supplier<Collection<String>> known,
            Consumer<WizardModel> keep,
            DraftsModel.Taking taking,
            Function<Map<String, Object>, Understood> reader) {
        this.id = id;
        meaning = new Meaning(reader, this::understood, why -> trouble.set(Optional.of(why)));
        built = new Built(runs);
        this.known = known;
        this.keep = keep;
        this.taking = taking;
        redis = new RedisModel(this::changed);
        conf = new ConfModel(this::changed);
        tls = new TlsModel(this::changed);
        layout = new LayoutModel(this::changed, meaning::settle);
        hosts = new HostsModel(drafting, this::wanted, layout::renamed, this::changed, this::seen);
        review = new ReviewModel(drafting);
        parts = List.of(hosts, redis, conf, tls, layout);
        place.subscribe(p -> turned());
        write();
    }

    public String id() {
        return id;
    }

    StringProperty name() {
        return hosts.name;
    }

    Wanted wanted() {
        return new Wanted(
                hosts.rows.size(),
                conf.root.get().strip(),
                conf.data.get().strip(),
                layout.nodePorts(hosts.rows.size()),
                Optional.of(redis.version.get().strip()).filter(v -> redis.compiles()));
    }

    /** What is wrong or missing, on all pages, as far as the draft was read. */
    ReadOnlyObjectProperty<List<Problem>> problemsProperty() {
        return problems.getReadOnlyProperty();
    }

    /** Likewise, on one page: to be painted, while somebody types. */
    List<Problem> problems(Place of) {
        return problems.get().stream().filter(p -> p.place() == of).toList();
    }

    /** Pages that somebody wanted to leave although something was missing: there it is said. */
    ReadOnlyObjectProperty<Set<Place>> triedProperty() {
        return tried.getReadOnlyProperty();
    }

    ObjectProperty<Place> placeProperty() {
        return place;
    }

    private void changed() {
        if (!filling) {
            write();
            keep.accept(this);
        }
    }

    /** What was entered, as keys and values; what they mean is told later. */
    private void write() {
        var now = new LinkedHashMap<String, Object>();
        parts.forEach(p -> p.write(now));
        if (!now.equals(tree)) {
            review.drop();
        }
        tree = now;
        meaning.of(now);
    }

    private void understood(Understood draft) {
        if (layout.understood(draft)) {
            write();
            meaning.settle();
            return;
        }
        read = draft.read();
        var found = new ArrayList<>(read.problems());
        found.addAll(conf.problems());
        var name = hosts.name.get().strip();
        if (!name.equals(begun) && known.get().contains(name)) {
            found.add(Problem.taken(name));
        }
        entered = List.copyOf(found);
        seen();
    }

    /** What was entered is as it was; hosts were looked at. */
    private void seen() {
        var found = new ArrayList<>(entered);
        found.addAll(hosts.unreached());
        if (!found.equals(problems.get())) {
            problems.set(List.copyOf(found));
        }
    }

    /** As it would be applied; empty while something is missing or wrong in it. Reads what was not read yet. */
    Optional<Blueprint> blueprint() {
        meaning.settle();
        return read.whole();
    }

    /** Whether it can be planned, as far as it was read. */
    boolean whole() {
        return read.whole().isPresent();
    }

    /** Its keys and values now, whole or not. */
    Map<String, Object> tree() {
        return tree;
    }

    /** Writes a text to a file that the operator chose. */
    void save(String file, String text) {
        DraftsModel.write(file, text, done -> trouble.set(Optional.empty()), why -> trouble.set(Optional.of(why)));
    }

    /** As a file: a whole blueprint, or what there is of it so far. */
    String text() {
        return blueprint().map(BlueprintWriter::write).orElseGet(() -> BlueprintWriter.text(tree));
    }

    /** Goes on, unless something is missing here; then that is said. */
    void next() {
        var here = place.get();
        meaning.settle();
        seen();
        if (here == Place.REVIEW) {
            review.unasked().ifPresent(this::begin);
        } else if (problems(here).isEmpty()) {
            place.set(here.next());
        } else {
            var all = EnumSet.of(here);
            all.addAll(tried.get());
            tried.set(Set.copyOf(all));
        }
    }

    void back() {
        place.set(place.get().before());
    }

    private void turned() {
        if (place.get() == Place.REVIEW) {
            tried.set(Set.of(Place.HOSTS, Place.REDIS, Place.LAYOUT, Place.CONFIGURATION));
            var wish = blueprint();
            if (problems.get().stream().allMatch(p -> p.field().endsWith(".seen"))) {
                review.want(wish, conf.password());
            }
        }
        if (!filling && !isPristine()) {
            keep.accept(this);
        }
    }

    /** Looks at the hosts again, and plans. */
    void planAgain() {
        review.plan(blueprint(), conf.password());
    }

    /** Starts the run of the plan that is shown and was agreed to. */
    void begin(Offer.Ready ready) {
        if (review.planned().isEmpty()) {
            return;
        }
        trouble.set(Optional.empty());
        Runnable runs = () -> {
            begun = ready.plan().on().name();
            place.set(Place.BUILD);
        };
        built.start(ready, runs, why -> trouble.set(Optional.of(why)));
    }

    boolean isPristine() {
        return hosts.rows.isEmpty()
                && hosts.name.get().isBlank()
                && built.run().get().isEmpty();
    }

    /** To be kept: what was entered, whole or not, and where it was left; no secret. */
    Map<String, Object> draft() {
        var aside = new LinkedHashMap<String, Object>();
        parts.forEach(p -> p.keepAside(aside));
        var draft = new LinkedHashMap<String, Object>();
        draft.put("place", place.get().word());
        if (!begun.isEmpty()) {
            draft.put("begun", begun);
        }
        draft.put("aside", aside);
        draft.put("blueprint", tree);
        return draft;
    }

    /** Takes up what was kept. */
    void resume(Map<String, Object> draft) {
        fill(Tree.map(draft, "blueprint"), Tree.map(draft, "aside"));
        begun = Tree.text(draft, "begun");
        filling = true;
        var left = Place.of(Tree.text(draft, "place"));
        place.set(left == Place.BUILD ? Place.REVIEW : left);
        filling = false;
        write();
    }

    /** Fills every page from a blueprint; what stood there before is replaced. */
    void open(Reading.Good reading) {
        fill(BlueprintWriter.tree(reading.blueprint()), Map.of());
        hosts.lookAtAll();
        changed();
    }

    private void fill(Map<String, Object> from, Map<String, Object> aside) {
        filling = true;
        parts.forEach(p -> p.read(from));
        parts.forEach(p -> p.readAside(aside));
        filling = false;
        write();
    }

    void close() {
        hosts.stop();
        review.stop();
    }
}
