package io.clusterdeck.views.cluster;

import io.clusterdeck.deck.Archive;
import io.clusterdeck.say.Failure;
import java.util.function.Consumer;

/**
 * What a cluster's page asks of the window around it.
 *
 * @param find opens the palette
 * @param findKey the shortcut that does the same, as it is printed on this computer's keys
 * @param hosts shows its hosts and how one signs in to them
 * @param host shows the page of one of them, by its name
 * @param archive keeps states and writes what is handed on
 * @param rescue shows the rescue card
 * @param forget forgets the cluster, in a way that can be taken back
 * @param destroy asks for the plan that takes away what was built
 * @param failed shows a failure that belongs to no sheet
 */
public record ClusterWays(
        Runnable find,
        String findKey,
        Runnable hosts,
        Consumer<String> host,
        Archive archive,
        Runnable rescue,
        Runnable forget,
        Runnable destroy,
        Consumer<Failure> failed) {}
