package io.github.tillwise;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What happened: an exchange with Flexiti, or a choice of the cashier's. An event never changes;
 * each method gives another one.
 */
public final class Event {
    static final int MAX_INPUT = 262144; // bytes
    private static final int MAX_BODY = 64 << 10; // bytes: what documented replies say of an error takes a fraction

    final Map<String, Object> members;

    private Event(Map<String, Object> members) {
        this.members = members;
    }

    /** A request to Flexiti and its reply, or why there is none. */
    public static Event exchange(Exchange exchange) {
        return about("exchange", exchange.members);
    }

    /** The id of an action that the cashier chose from the last card. */
    public static Event action(String id) {
        return about("action", id);
    }

    /** What an exchange comes to, recognised elsewhere. */
    public static Event facts(Facts facts) {
        return about("facts", facts.members);
    }

    /** A decision to be put into words again, in another language; ref is {@link Prompt#ref()} of its card. */
    public static Event decision(Decision decision, String ref) {
        return about("decision", decision.members).with("ref", ref);
    }

    /**
     * An event that is JSON already.
     *
     * @throws IllegalArgumentException if the text is no JSON object; where it may be anything,
     *     {@link Engine#answer(byte[])} takes it as it is
     */
    public static Event of(String json) {
        try {
            return new Event(Json.readObject(json));
        } catch (Json.Malformed e) {
            throw new IllegalArgumentException("reading an event: " + e.getMessage() + ": pass an object, as plugin/schema/event.json has it", e);
        }
    }

    /** When it happened, in Unix milliseconds: {@code System.currentTimeMillis()}. */
    public Event at(long unixMillis) {
        return with("at", unixMillis);
    }

    /** The till's offset from UTC, -840 to 840. Without one no clock time is shown. */
    public Event utcOffsetMinutes(int minutes) {
        return with("utc_offset_min", minutes);
    }

    /** The cashier's language: what begins with fr is French, all else English. */
    public Event locale(String locale) {
        return with("locale", locale);
    }

    /** The customer's language, where it is another one. */
    public Event customerLocale(String locale) {
        return with("customer_locale", locale);
    }

    /** What {@link Answer#sale()} was of the last event, as JSON; a {@link Sale} sees to it by itself. */
    public Event sale(String json) {
        return with("sale", json == null ? null : sane(json));
    }

    private static Event about(String subject, Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("v", 1);
        members.put(subject, value);
        return new Event(members);
    }

    private Event with(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        if (value == null) {
            more.remove(name);
        } else {
            more.put(name, value);
        }
        return new Event(more);
    }

    /** A sale that is no JSON comes from a damaged file: the module takes this word for a sale in doubt. */
    static Json.Raw sane(String json) {
        try {
            Json.read(json);
            return new Json.Raw(json);
        } catch (Json.Malformed e) {
            return new Json.Raw("\"unreadable\"");
        }
    }

    /**
     * Writes the event so that the module can take it, whatever a reply brought: a body may be
     * long, or full of letters that JSON writes at length.
     */
    byte[] encode() {
        Map<String, Object> exchange = Json.objectOrNull(members.get("exchange"));
        Object given = exchange == null ? null : exchange.get("body");
        Object body = given instanceof Map || given instanceof Iterable ? parsed(given) : given;
        if (!(body instanceof String)) {
            return Json.utf8(Json.write(members));
        }
        byte[] whole = Json.utf8((String) body);
        int length = Math.min(whole.length, MAX_BODY);
        for (;;) {
            byte[] out = Json.utf8(Json.write(withBody(exchange, cut(whole, length), length < whole.length)));
            if (out.length <= MAX_INPUT || length == 0) {
                return out;
            }
            length /= 2;
        }
    }

    /** A body that was parsed is cut as the text that it was. */
    private static Object parsed(Object body) {
        String text = Json.write(body);
        return text.length() > MAX_BODY ? text : body;
    }

    private Map<String, Object> withBody(Map<String, Object> exchange, String body, boolean cut) {
        Map<String, Object> written = new LinkedHashMap<>(exchange);
        written.put("body", body);
        if (cut) {
            written.put("body_cut", true);
        }
        Map<String, Object> all = new LinkedHashMap<>(members);
        all.put("exchange", written);
        return all;
    }

    /** The first bytes of a text, and not half a letter. */
    private static String cut(byte[] utf8, int length) {
        int end = length;
        while (end > 0 && end < utf8.length && (utf8[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(Arrays.copyOf(utf8, end), StandardCharsets.UTF_8);
    }
}
