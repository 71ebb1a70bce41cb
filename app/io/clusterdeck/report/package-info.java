/** What is handed on: pages and pictures as plain text and data, written so that no name in them can become markup. */
@NullMarked
package io.clusterdeck.report;

import org.jspecify.annotations.NullMarked;
