package io.clusterdeck.words;

import io.clusterdeck.say.Say;
import io.clusterdeck.say.Speech;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns a {@link Say} into English or Chinese. Templates lie in {@code i18n/LANG/AREA.properties}, AREA being the key's part
 * before the first dot; they hold {@code {name}}, {@code {n:int}}, {@code {size:bytes}}, {@code {t:millis}},
 * {@code {share:percent}}, {@code {since:date}} and {@code {since:time}} (local time; ISO-8601 text or milliseconds since 1970) and
 * {@code {n:plural:slot|slots}} (the word only; Chinese needs none); {@code {whys:sentences}} sets them one after another and {@code {whys:clauses}} into one sentence, where a list has commas. A number may come as its digits, as scripts say it. Safe for use by many threads.
 */
public final class Words implements Speech {

    private static final Pattern HOLE = Pattern.compile("\\{([a-zA-Z]+)(?::([a-z]+))?(?::([^}]*))?}");
    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,9})?");
    private static final Map<String, Properties> AREAS = new ConcurrentHashMap<>();

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");

    private final Locale locale;
    private final String language;

    private Words(Locale locale) {
        this.locale = locale;
        this.language = locale.getLanguage().equals("zh") ? "zh" : "en";
    }

    public static Words in(Locale locale) {
        return new Words(locale);
    }

    public Locale locale() {
        return locale;
    }

    @Override
    public String language() {
        return language;
    }

    /** A key that has no words is a mistake of ours; it shows as the key itself with its arguments. */
    @Override
    public String say(Say say) {
        var template = template(say.key());
        if (template == null) {
            return say.toString();
        }
        return fill(template, say);
    }

    /** Whether there are words for a key. */
    public boolean knows(String key) {
        return template(key) != null;
    }

    String fill(String template, Say say) {
        return HOLE.matcher(template)
                .replaceAll(m ->
                        Matcher.quoteReplacement(fill(say.args().get(m.group(1)), m.group(1), m.group(2), m.group(3))));
    }

    @Override
    public String say(String key, Object... namesAndValues) {
        return say(Say.of(key, namesAndValues));
    }

    private @Nullable String template(String key) {
        int dot = key.indexOf('.');
        return dot < 0
                ? null
                : AREAS.computeIfAbsent(language + "/" + key.substring(0, dot), Words::load)
                        .getProperty(key);
    }

    private static Properties load(String area) {
        var properties = new Properties();
        try (var in = Words.class.getResourceAsStream("/i18n/" + area + ".properties")) {
            if (in != null) {
                properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        return properties;
    }

    private String fill(@Nullable Object value, String name, @Nullable String form, @Nullable String more) {
        return switch (value) {
            case null -> "{" + name + "}";
            case Say nested -> say(nested);
            case List<?> list ->
                list.stream().map(v -> fill(v, name, form, more)).collect(Collectors.joining(between(form)));
            case Object any when form != null && (form.equals("date") || form.equals("time")) -> date(value, form);
            case Number n when form != null -> number(n, form, more);
            case String text
            when form != null && DIGITS.matcher(text).matches() -> number(Double.parseDouble(text), form, more);
            default -> value.toString();
        };
    }

    private String between(@Nullable String form) {
        boolean zh = language.equals("zh");
        return switch (form) {
            case "sentences" -> zh ? "" : " ";
            case "clauses" -> zh ? "；" : "; ";
            case null, default -> zh ? "、" : ", ";
        };
    }

    @Override
    public String list(List<?> things) {
        return fill(things, "", null, null);
    }

    /** What could each be a sentence, set into one. */
    public String clauses(List<?> things) {
        return fill(things, "", "clauses", null);
    }

    /** What is no instant stays as it is. */
    private String date(Object value, String form) {
        Instant at;
        try {
            at = value instanceof Number millis
                    ? Instant.ofEpochMilli(millis.longValue())
                    : Instant.parse(value.toString());
        } catch (DateTimeException other) {
            return value.toString();
        }
        var local = at.atZone(ZoneId.systemDefault());
        var pattern =
                form.equals("time") ? "HH:mm:ss" : language.equals("zh") ? "y年M月d日 HH:mm:ss" : "d MMM y, HH:mm:ss";
        return DateTimeFormatter.ofPattern(pattern, language.equals("zh") ? Locale.CHINA : Locale.ENGLISH)
                .format(local);
    }

    private String number(Number n, String form, @Nullable String more) {
        return switch (form) {
            case "int" -> NumberFormat.getIntegerInstance(locale).format(n);
            case "bytes" -> bytes(n.longValue());
            case "millis" -> millis(n.longValue());
            case "percent" -> {
                var percent = NumberFormat.getNumberInstance(locale);
                double v = n.doubleValue() * 100;
                percent.setMaximumFractionDigits(Math.abs(v) < 1 ? 2 : 1);
                yield percent.format(v) + " %";
            }
            case "plural" -> {
                var words = (more == null ? "" : more).split("\\|");
                yield n.longValue() == 1 || words.length < 2 ? words[0] : words[1];
            }
            default -> n.toString();
        };
    }

    /** {@code 1.31 GiB}, {@code 64 MiB}, {@code 0 B}; powers of 1024, as limits are set in redis.conf: {@code 64mb} is 64 of these. */
    public String bytes(long n) {
        double v = n;
        int unit = -1;
        while (Math.abs(v) >= 1023.5 && unit < 4) {
            v /= 1024;
            unit++;
        }
        var format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(Math.abs(v) < 10 ? 2 : Math.abs(v) < 100 ? 1 : 0);
        return format.format(v) + " " + UNITS.get(unit + 1);
    }

    /** {@code 180 ms}, {@code 7.1 s}, {@code 1 min 12 s}, {@code 3 h 20 min}, {@code 41 days}. */
    public String millis(long t) {
        boolean zh = language.equals("zh");
        if (t < 1000) {
            return t + (zh ? " 毫秒" : " ms");
        }
        long s = t < 10_000 ? t / 1000 : Math.round(t / 1000.0);
        if (s < 60) {
            var format = NumberFormat.getNumberInstance(locale);
            format.setMaximumFractionDigits(s < 10 ? 1 : 0);
            return format.format(t / 1000.0) + (zh ? " 秒" : " s");
        }
        if (s < 3600) {
            return s % 60 == 0
                    ? s / 60 + (zh ? " 分钟" : " min")
                    : s / 60 + (zh ? " 分 " : " min ") + s % 60 + (zh ? " 秒" : " s");
        }
        if (s < 48 * 3600) {
            return s / 3600 + (zh ? " 小时" : " h") + (s / 60 % 60 == 0 ? "" : " " + s / 60 % 60 + (zh ? " 分" : " min"));
        }
        return s / 86_400 + (zh ? " 天" : " days");
    }
}
