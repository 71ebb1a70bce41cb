/** Signatures that tell whether a file was altered, in the format of OpenSSH. */
@NullMarked
package io.clusterdeck.sign;

import org.jspecify.annotations.NullMarked;
