package io.github.tillwise;

import java.util.Map;
import java.util.Optional;

/** What to show and what to do. There always is one; where something was wrong it is the safe card, with the error beside it. */
public final class Answer {
    private final Prompt prompt;
    private final Decision decision;
    private final String sale;
    private final String record;
    private final TillwiseException error;
    private final byte[] raw;

    Answer(Map<String, Object> prompt, Map<String, Object> decision, String sale) {
        this(new Prompt(prompt), new Decision(decision), sale, null, null, null);
    }

    private Answer(Prompt prompt, Decision decision, String sale, String record, TillwiseException error, byte[] raw) {
        this.prompt = prompt;
        this.decision = decision;
        this.sale = sale;
        this.record = record;
        this.error = error;
        this.raw = raw;
    }

    /** The module's own, whose shape was looked at. */
    static Answer of(Map<String, Object> answer, byte[] raw) {
        Object record = answer.get("record");
        return new Answer(new Prompt(Json.object(answer.get("prompt"))), new Decision(Json.object(answer.get("decision"))),
                answer.get("sale").toString(), record == null ? null : Json.write(record), null, raw);
    }

    /** This card and this sale, and what was wrong. */
    Answer beside(TillwiseException error, byte[] raw) {
        return new Answer(prompt, decision, sale, record, error, raw);
    }

    /** This card once more, with the sale as it stands and the error of what was tried. */
    Answer again(String sale, Answer tried) {
        return new Answer(prompt, decision, sale, null, tried.error, tried.raw);
    }

    /** The words to show. */
    public Prompt prompt() {
        return prompt;
    }

    /** What your program acts on. */
    public Decision decision() {
        return decision;
    }

    /** The sale as JSON, to be handed back with the next event. Not for reading. */
    public String sale() {
        return sale;
    }

    /** What may be kept of the event, as JSON: nothing in it is sensitive. Of a safe card there is none. */
    public Optional<String> record() {
        return Optional.ofNullable(record);
    }

    /** What was wrong, if this is not the module's answer to the event. */
    public Optional<TillwiseException> error() {
        return Optional.ofNullable(error);
    }

    /** The module's own bytes, a refusal's too; none if it gave none. */
    public Optional<byte[]> raw() {
        return Optional.ofNullable(raw).map(byte[]::clone);
    }
}
