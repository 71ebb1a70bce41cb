package io.clusterdeck.deck.paper;

import io.clusterdeck.ssh.Secret;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of a text: those that are known by their value, and what stands where passwords stand in redis.conf, on command
 * lines, in addresses, in ACL rules and in key files. Rather one word too many than one too few.
 */
public final class Scrub {

    /** What stands in a secret's place. */
    public static final String GONE = "«removed»";

    /** Shorter ones would make any text unreadable, and show by that what they are. */
    private static final int SHORTEST = 4;

    /** What was taken out already is passed over. */
    private static final String NEW = "(?!«)";

    private static final String VALUE = NEW + "(\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s,;\"'}\\])]+)";

    /** Each keeps its first group and loses the second. */
    private static final List<Pattern> PLACES = List.of(
            // redis.conf, CONFIG SET, YAML, JSON and --options: a name that tells of a secret, then its value
            place(
                    "((?<![\\w-])\"?(?:[\\w.-]*(?:requirepass|masterauth|primaryauth|password|passwd|passphrase|secret|token)"
                            + "|(?:[\\w.-]*[_.-])?(?:pass|pwd))\"?(?:\\s*[:=]\\s*|\\s+))" + VALUE),
            place("((?:REDISCLI_AUTH|SSHPASS)=)" + VALUE),
            place("(\\bAUTH2?\\s+(?:\\S+\\s+(?=\\S))?)" + VALUE),
            place("(\\bsshpass\\s+-p\\s*)" + VALUE),
            place("(\\bredis-cli\\b[^\\n]*?\\s-a\\s+)" + VALUE),
            place("(\\b[a-z][a-z0-9+]*://[^\\s/:@]*:)" + NEW + "([^\\s/@]+)(?=@)"),
            // ACL SETUSER: >password, <password, #sha256
            place("(\\b(?:user|setuser)\\s[^\\n]*?\\s[><])" + NEW + "(\\S+)"),
            place("((?<![0-9a-fA-F])#)([0-9a-f]{64})\\b"));

    private static final Pattern KEY_FILE = Pattern.compile(
            "-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(-----END [A-Z ]*PRIVATE KEY-----|\\z)", Pattern.DOTALL);

    private final List<String> known;

    public Scrub(Collection<Secret> secrets) {
        known = secrets.stream()
                .map(Secret::reveal)
                .filter(s -> s.length() >= SHORTEST)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Pattern place(String pattern) {
        return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
    }

    public String text(String text) {
        var clean = text;
        for (var secret : known) {
            clean = clean.replace(secret, GONE);
        }
        clean = KEY_FILE.matcher(clean).replaceAll(GONE);
        for (var place : PLACES) {
            String before;
            do { // several in one line: each pass takes one of those that a greedy beginning hides
                before = clean;
                clean = place.matcher(before)
                        .replaceAll(m -> java.util.regex.Matcher.quoteReplacement(m.group(1) + GONE));
            } while (!clean.equals(before));
        }
        return clean;
    }
}
