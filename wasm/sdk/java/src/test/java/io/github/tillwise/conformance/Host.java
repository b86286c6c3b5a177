package io.github.tillwise.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.github.tillwise.Answer;
import io.github.tillwise.Engine;
import io.github.tillwise.Event;
import io.github.tillwise.SafeCard;
import io.github.tillwise.Sale;
import io.github.tillwise.TillwiseException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the protocol's lines ask for, by the package's public methods. */
final class Host {
    private final Map<String, Sale> sales = new ConcurrentHashMap<>();
    private volatile Engine engine;
    private volatile TillwiseException notOpen;

    /** The reply to a line; null is one that is no object. */
    JsonElement reply(JsonObject line) {
        try {
            JsonElement done = line == null ? null : done(line);
            return done == null ? error("bad_line", "it asks for nothing that is known here") : done;
        } catch (TillwiseException e) {
            return error(e.kind(), e.detail());
        } catch (RuntimeException | IOException | GeneralSecurityException e) {
            return error("bad_line", e.toString());
        }
    }

    private JsonElement done(JsonObject line) throws IOException, GeneralSecurityException {
        JsonElement event = line.get("event");
        switch (line.has("do") ? line.get("do").getAsString() : "") {
            case "open":
                return open(line);
            case "answer":
                return text(answer(event));
            case "batch":
                return batch(line.getAsJsonArray("events"));
            case "card":
                return card(event.isJsonObject() ? object(event) : bytes(event));
            case "sale":
                return card(sale(line.get("sale").getAsString()).answer(Event.of(event.toString())));
            case "saved":
                return saved(line);
            case "decide":
                return text(engine().decideJson(utf8(line.get("input"))));
            case "describe":
                return text(engine().describe());
            case "close":
                if (engine != null) {
                    engine.close();
                }
                return new JsonPrimitive(true);
            default:
                return null;
        }
    }

    private JsonElement open(JsonObject line) throws IOException, GeneralSecurityException {
        if (engine != null) {
            engine.close();
        }
        engine = null;
        sales.clear();
        Engine.Builder builder = Engine.builder();
        if (line.has("settings")) {
            builder.settings(line.get("settings").toString());
        }
        if (line.has("module")) {
            Path module = Path.of(line.get("module").getAsString());
            builder.module(module, line.has("sha256") ? line.get("sha256").getAsString() : hash(module));
        }
        if (line.has("instances")) {
            builder.instances(line.get("instances").getAsInt());
        }
        if (line.has("deadline_ms")) {
            builder.deadline(Duration.ofMillis(line.get("deadline_ms").getAsLong()));
        }
        try {
            engine = builder.open();
        } catch (TillwiseException e) {
            notOpen = e;
            throw e;
        }
        JsonObject what = new JsonObject();
        what.addProperty("host", "tillwise for Java 0.1.0");
        what.addProperty("engine", "Chicory 1.7.5, Java " + Runtime.version().feature());
        for (String offered : List.of("deadline", "memory", "modules", "parallel")) {
            what.addProperty(offered, true);
        }
        return what;
    }

    /** A file that is not there has no hash, which the package finds out by itself. */
    private static String hash(Path module) throws IOException, GeneralSecurityException {
        if (!Files.exists(module)) {
            return "none";
        }
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(module));
        return String.format("%064x", new BigInteger(1, hash));
    }

    private Engine engine() {
        if (engine == null) {
            throw notOpen;
        }
        return engine;
    }

    private byte[] answer(JsonElement event) {
        if (!event.isJsonObject()) {
            return engine().answerJson(raw(event));
        }
        Answer answer = engine().answer(Event.of(event.toString()));
        return answer.raw().orElseThrow(() -> answer.error().orElseThrow());
    }

    private JsonElement batch(JsonArray events) {
        List<byte[]> answers = new ArrayList<>();
        events.forEach(event -> answers.add(engine().answerJson(event.isJsonObject() ? utf8(event) : raw(event))));
        JsonArray texts = new JsonArray();
        answers.forEach(answer -> texts.add(text(answer)));
        return texts;
    }

    private Answer object(JsonElement event) {
        Event of = Event.of(event.toString());
        return engine == null ? SafeCard.of(of) : engine.answer(of);
    }

    private Answer bytes(JsonElement event) {
        return engine == null ? SafeCard.of(Event.of("{}")) : engine.answer(raw(event));
    }

    private JsonElement card(Answer answer) {
        JsonObject parts = new JsonObject();
        parts.add("prompt", JsonParser.parseString(answer.prompt().toString()));
        parts.add("decision", JsonParser.parseString(answer.decision().toString()));
        parts.add("sale", JsonParser.parseString(answer.sale()));
        JsonObject card = new JsonObject();
        card.add("answer", parts);
        TillwiseException error = answer.error().orElse(engine == null ? notOpen : null);
        card.add("error", error == null ? JsonNull.INSTANCE : errorOf(error.kind(), error.detail()));
        return card;
    }

    private Sale sale(String name) {
        return sales.computeIfAbsent(name, n -> engine().sale());
    }

    private JsonElement saved(JsonObject line) {
        String name = line.get("sale").getAsString();
        if (!line.has("state")) {
            return new JsonPrimitive(sale(name).save());
        }
        sales.put(name, engine().sale(line.get("state").getAsString()));
        return new JsonPrimitive(true);
    }

    /** The bytes that a string stands for. */
    private static byte[] raw(JsonElement event) {
        String text = event.getAsString();
        return text.startsWith("base64:") ? Base64.getDecoder().decode(text.substring(7)) : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] utf8(JsonElement json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonElement text(byte[] bytes) {
        return new JsonPrimitive(new String(bytes, StandardCharsets.UTF_8));
    }

    private static JsonObject error(String kind, String detail) {
        JsonObject reply = new JsonObject();
        reply.add("error", errorOf(kind, detail));
        return reply;
    }

    private static JsonObject errorOf(String kind, String detail) {
        JsonObject error = new JsonObject();
        error.addProperty("kind", kind);
        error.addProperty("detail", detail);
        return error;
    }
}
