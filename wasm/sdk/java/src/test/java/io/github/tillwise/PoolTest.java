package io.github.tillwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Modules that fail, and callers who are interrupted. */
@Timeout(60)
class PoolTest {
    private static Engine failing(byte[] answer, long deadlineMillis) {
        byte[] module = HandMade.module(answer);
        return Engine.builder().module(module, ModuleFile.sha256(module)).instances(1).deadline(Duration.ofMillis(deadlineMillis)).open();
    }

    private static String kind(Engine engine) {
        Answer answer = engine.answer(EngineTest.lost());
        assertTrue(answer.decision().doubt());
        assertTrue(answer.raw().isEmpty());
        return answer.error().orElseThrow().kind();
    }

    @Test
    void whatNeverReturnsIsInterruptedAndTheCallerIsNot() {
        try (Engine engine = failing(HandMade.LOOPS, 100)) {
            for (int i = 0; i < 5; i++) { // the one thread there is comes free each time
                assertEquals("deadline", kind(engine));
                assertFalse(Thread.currentThread().isInterrupted());
            }
        }
    }

    @Test
    void aCallerWhoWasInterruptedBeforeHasTheAnswerAndIsInterruptedStill() {
        try (Engine engine = Engine.open(); Engine loops = failing(HandMade.LOOPS, 100)) {
            Thread.currentThread().interrupt();
            assertTrue(engine.answer(EngineTest.lost()).error().isEmpty());
            assertTrue(Thread.currentThread().isInterrupted());
            assertEquals("deadline", kind(loops));
            assertTrue(Thread.interrupted());
            assertTrue(engine.answer(EngineTest.lost()).error().isEmpty());
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    @Test
    void aCallerWhoIsInterruptedWhileItWaitsLosesNothing() {
        Thread caller = Thread.currentThread();
        try (Engine loops = failing(HandMade.LOOPS, 500)) {
            new Thread(caller::interrupt).start();
            assertEquals("deadline", kind(loops));
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void trapsAndStacksThatOverflow() {
        try (Engine traps = failing(HandMade.TRAPS, 20_000); Engine recurses = failing(HandMade.CALLS_ITSELF, 20_000)) {
            for (int i = 0; i < 3; i++) {
                assertEquals("module_failed", kind(traps));
                assertEquals("module_failed", kind(recurses));
            }
            assertEquals("module_failed", assertThrows(TillwiseException.class, () -> traps.answerJson(new byte[] {'7'})).kind());
        }
    }
}
