package io.clusterdeck;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** A package-info.java with {@code @NullMarked} stands beside the class: without it NullAway looks the other way. */
final class BeNullMarked extends ArchCondition<JavaClass> {

    static final BeNullMarked ITS_PACKAGE = new BeNullMarked();

    private BeNullMarked() {
        super("lie in a package that is @NullMarked");
    }

    @Override
    public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(new SimpleConditionEvent(
                item, marked, item.getPackageName() + " has no package-info.java with @NullMarked"));
    }
}
