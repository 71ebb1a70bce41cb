package io.clusterdeck.views.drill;

/** What the page of rehearsals shows. */
public enum Part {
    WEAKEST,
    LIBRARY,
    RESULTS
}
