package io.github.tillwise;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The card that stands in when the module gives no answer, also where no engine opens: it says
 * nothing of money that is not known. Of a sale that has begun it knows nothing.
 */
public final class SafeCard {
    private final Map<String, Object> data;
    private final Operations operations;

    private SafeCard(Map<String, Object> data) {
        this.data = data;
        this.operations = new Operations(Json.object(data.get("operations")), (List<?>) data.get("paths"));
    }

    /** Loaded when it is first needed: a till waits for its first card. */
    private static final class Loaded {
        static final SafeCard CARDS = load();
    }

    private static SafeCard load() {
        try (InputStream in = SafeCard.class.getResourceAsStream("safe.json")) {
            return new SafeCard(Json.readObject(Json.text(in.readAllBytes())));
        } catch (IOException | Json.Malformed e) {
            throw new IllegalStateException("reading safe.json from the package: use the package as it was published", e);
        }
    }

    /** The safe card of an event, without a store's contacts. */
    public static Answer of(Event event) {
        return of(event.members, Map.of());
    }

    /** The safe card of an event; settings as {@link Engine.Builder#settings(String)} takes them. */
    public static Answer of(Event event, String settings) {
        return of(event.members, objectIn(settings));
    }

    /** The object that a text is, or an empty one. */
    static Map<String, Object> objectIn(String json) {
        try {
            return json == null ? Map.of() : Json.readObject(json);
        } catch (Json.Malformed e) {
            return Map.of();
        }
    }

    static Map<String, Object> objectIn(byte[] json) {
        try {
            return objectIn(Json.text(json));
        } catch (Json.Malformed e) {
            return Map.of();
        }
    }

    static Answer of(Map<String, Object> event, Map<String, Object> settings) {
        return Loaded.CARDS.card(event, settings);
    }

    /** The answer to input over the limit, and the module's hash, by their names in safe.json. */
    static String constant(String name) {
        return Json.string(Loaded.CARDS.data.get(name));
    }

    private Answer card(Map<String, Object> event, Map<String, Object> settings) {
        String operation = operations.of(event);
        long at = Math.max(0, Json.number(event.get("at")));
        Sold sold = new Sold(event.get("sale"));
        Map<String, Object> row = Json.object(Json.object(Json.object(data.get("operations")).get(operation)).get(sold.fresh() ? "fresh" : "known"));

        Map<String, Object> decision = new LinkedHashMap<>(Json.object(row.get("decision")));
        Map<String, Object> about = new LinkedHashMap<>(Json.object(decision.get("about")));
        if (about.remove("since") != null) {
            if (at > 0) { // or else it is not known since when
                about.put("since", new Json.Raw(Long.toString(at)));
            }
            decision.put("about", about);
        }
        return new Answer(prompt((int) Json.number(row.get("words")), event, settings, decision.get("owner")), decision, sold.with(operation, at));
    }

    private Map<String, Object> prompt(int words, Map<String, Object> event, Map<String, Object> settings, Object owner) {
        Map<String, Object> both = Json.object(((List<?>) data.get("words")).get(words));
        String cashier = language(event.get("locale"));
        String customer = Json.filled(event.get("customer_locale")) ? language(event.get("customer_locale")) : cashier;
        Map<String, Object> prompt = new LinkedHashMap<>(Json.object(both.get(cashier)));
        Map<String, Object> spoken = Json.object(both.get(customer));
        for (String name : List.of("say", "if_asked", "customer_display")) {
            prompt.put(name, spoken.get(name));
        }
        Map<String, Object> contacts = Json.object(Json.object(settings.get("texts")).get("contacts"));
        prompt.put("contact", Json.string(Json.object(contacts.get(Json.string(owner))).get(cashier)));
        return prompt;
    }

    private static String language(Object locale) {
        return Json.string(locale).regionMatches(true, 0, "fr", 0, 2) ? "fr-CA" : "en-CA";
    }

    /** A sale as it came in. */
    private static final class Sold {
        private final String written;
        private final Object value;

        Sold(Object sale) {
            written = sale == null ? "null" : Json.write(sale);
            value = read(written);
        }

        private static Object read(String written) {
            try {
                return Json.read(written);
            } catch (Json.Malformed e) {
                throw new IllegalStateException(e); // it was read as JSON before
            }
        }

        boolean fresh() {
            return value == null || value instanceof Map && ((Map<?, ?>) value).isEmpty();
        }

        /** The sale as it was, with the event that had no answer beside it: the module makes of both what is known. */
        String with(String operation, long at) {
            Map<String, Object> unanswered = new LinkedHashMap<>();
            unanswered.put("operation", operation);
            unanswered.put("at", at);
            Map<String, Object> sale = new LinkedHashMap<>(Json.object(value));
            if (sale.get("unanswered") instanceof List) {
                List<Object> all = new ArrayList<>((List<?>) sale.get("unanswered"));
                all.add(unanswered);
                sale.put("unanswered", all);
                return Json.write(sale);
            }
            sale.clear();
            sale.put("unanswered", List.of(unanswered));
            sale.put("sale", value == null ? Map.of() : new Json.Raw(written));
            return Json.write(sale);
        }
    }
}
