package io.github.tillwise;

/** Carries what the module remembers of one customer's sale from event to event. Its calls run one after the other. */
public final class Sale {
    private final Engine engine;
    private String state;
    private Answer last;

    Sale(Engine engine, String saved) {
        this.engine = engine;
        this.state = saved == null ? "{}" : Event.sane(saved).toString();
    }

    /**
     * Gives the answer to what happened next in this sale. A choice that the last card did not
     * offer changes nothing: it is the last card again, with the error beside it.
     */
    public synchronized Answer answer(Event event) {
        Answer answer = engine.answer(event.sale(state));
        TillwiseException error = answer.error().orElse(null);
        if (error != null && error.kind().equals("action_not_offered")) {
            return (last == null ? answer : last).again(state, answer);
        }
        state = answer.sale();
        last = answer;
        return answer;
    }

    /** The state as text: to be on the disk before you act on the answer. {@link Engine#sale(String)} goes on from it. */
    public synchronized String save() {
        return state;
    }
}
