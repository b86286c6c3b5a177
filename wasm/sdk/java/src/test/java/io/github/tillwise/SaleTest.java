package io.github.tillwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SaleTest {
    @Test
    void carriesItsStateOverARestart() {
        try (Engine engine = Engine.open()) {
            Sale sale = engine.sale();
            assertEquals("{}", sale.save());
            Answer lost = sale.answer(EngineTest.lost());
            assertEquals("unknown", lost.decision().money());
            assertEquals(lost.sale(), sale.save());

            Answer after = engine.sale(sale.save()).answer(Event.action("call_supervisor").at(EngineTest.NOON + 1000));
            assertTrue(after.error().isEmpty());
            assertTrue(after.decision().doubt());
        }
    }

    @Test
    void aChoiceThatWasNotOfferedChangesNothing() {
        try (Engine engine = Engine.open()) {
            Sale sale = engine.sale();
            Answer lost = sale.answer(EngineTest.lost());
            Answer again = sale.answer(Event.action("show_terms").at(EngineTest.NOON));
            assertEquals("action_not_offered", again.error().orElseThrow().kind());
            assertEquals(lost.prompt().toString(), again.prompt().toString());
            assertEquals(lost.sale(), again.sale());
            assertEquals(lost.sale(), sale.save());

            Answer resumed = engine.sale(sale.save()).answer(Event.action("show_terms").at(EngineTest.NOON));
            assertEquals(lost.sale(), resumed.sale());
        }
    }

    @Test
    void aTextThatWasDamagedIsASaleInDoubt() {
        try (Engine engine = Engine.open()) {
            for (String damaged : new String[] {"", "{\"v\":2,", "\u0000\u0000", "[]", "7"}) {
                Answer answer = engine.sale(damaged).answer(EngineTest.event("calculate_interest", 200, "{}"));
                assertTrue(answer.decision().doubt(), damaged);
            }
        }
    }

    @Test
    void eventsWithoutAnAnswerAddUp() {
        Engine engine = Engine.open();
        Sale sale = engine.sale();
        engine.close();
        sale.answer(EngineTest.lost());
        sale.answer(EngineTest.event("refund", 500, ""));
        assertEquals("{\"unanswered\":[{\"operation\":\"authorization\",\"at\":1795530727000},{\"operation\":\"refund\",\"at\":1795530727000}],\"sale\":{}}", sale.save());
        try (Engine next = Engine.open()) {
            assertTrue(next.sale(sale.save()).answer(Event.action("call_supervisor").at(EngineTest.NOON)).decision().doubt());
        }
    }
}
