package io.clusterdeck.views;

import org.junit.jupiter.api.Tag;

/** The same way in a real window, of the desktop's own toolkit. */
@Tag("desktop")
class DesktopJourneyTest extends JourneyTest {}
