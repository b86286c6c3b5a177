package io.github.tillwise;

import java.util.List;
import java.util.Map;

/** What the module gave: the bytes, and the JSON that they are. */
final class Reply {
    private static final int MAX_SALE = 2048; // bytes

    final byte[] raw;
    final Map<String, Object> members;
    private final String function;

    Reply(String function, byte[] raw) {
        this.function = function;
        this.raw = raw;
        try {
            members = Json.readObject(Json.text(raw));
        } catch (Json.Malformed e) {
            throw TillwiseException.failed(function, "the answer cannot be used: " + e.getMessage());
        }
    }

    /** The error that it consists of, or null. */
    TillwiseException error() {
        Object error = members.get("error");
        if (error == null) {
            return null;
        }
        if (!(error instanceof Map)) {
            throw shapeless();
        }
        Map<String, Object> of = Json.object(error);
        return TillwiseException.of(Json.string(of.get("kind")), Json.string(of.get("detail")));
    }

    /** The answer that it is, or a failure if it could not be shown. */
    Answer answer() {
        Map<String, Object> prompt = Json.objectOrNull(members.get("prompt"));
        Map<String, Object> decision = Json.objectOrNull(members.get("decision"));
        if (prompt == null || decision == null) {
            throw shapeless();
        }
        int actions = size(decision.get("actions"));
        if (!Json.filled(decision.get("family")) || !Json.filled(prompt.get("headline")) || !sale()
                || actions == 0 || actions != size(prompt.get("actions"))) {
            throw TillwiseException.failed(function, "the answer has no card, no way out or no sale");
        }
        return Answer.of(members, raw);
    }

    private boolean sale() {
        String sale = String.valueOf(members.get("sale"));
        return sale.startsWith("{") && Json.utf8(sale).length <= MAX_SALE;
    }

    private static int size(Object list) {
        return list instanceof List ? ((List<?>) list).size() : 0;
    }

    private TillwiseException shapeless() {
        return TillwiseException.failed(function, "the answer has not the shape of one");
    }
}
