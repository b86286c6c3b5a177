package io.github.tillwise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    static final long NOON = 1795530727000L;
    private static final Path MODULE = Path.of("module/tillwise.wasm");
    private static Engine engine;

    @BeforeAll
    static void open() {
        engine = Engine.open();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    static Event event(String operation, int status, String body) {
        return Event.exchange(new Exchange().operation(operation).status(status).body(body)).at(NOON).locale("en-CA");
    }

    static Event lost() {
        return Event.exchange(new Exchange().operation("authorization").status(0).failure("timeout").sent("unknown")
                .request(new Exchange.Request().amount("1249.00").autoCapture(true))).at(NOON);
    }

    @Test
    void aCard() {
        Answer answer = engine.answer(event("authorization", 409, "{\"error\":\"secret_answer_mismatch\"}"));
        assertTrue(answer.error().isEmpty());
        assertEquals("That is not the security answer", answer.prompt().headline());
        assertEquals("ask_again", answer.decision().actions().get(0).id());
        assertEquals("verify", answer.decision().actions().get(1).next().orElseThrow().operation());
        assertEquals(answer.decision().actions().size(), answer.prompt().actions().size());
        assertEquals(2, answer.prompt().customerDisplay().size());
        assertTrue(answer.record().orElseThrow().startsWith("{"));
        assertTrue(new String(answer.raw().orElseThrow(), StandardCharsets.UTF_8).contains(answer.sale()));
    }

    @Test
    void theModuleInThePackageIsTheOneThatTheSafeCardsBelongTo() throws Exception {
        assertEquals(SafeCard.constant("module_sha256"), ModuleFile.sha256(Files.readAllBytes(MODULE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "null", "[]", "7", "{\"v\":2}", "{\"v\":1}", "{\"v\":1,\"exchange\":7}", "{\"v\":1,\"exchange\":{\"operation\":{}}}", "{\"v\":1,\"action\":\"\"}",
        "{\"v\":1,\"sale\":[],\"at\":-1,\"exchange\":{\"operation\":\"nothing\"}}", "{\"v\":1,\"at\":1e99,\"locale\":9,\"customer_locale\":[],\"facts\":{},\"action\":\"x\"}", "\u0000", "{\"v\":1"})
    void rubbishHasACard(String rubbish) {
        Answer answer = engine.answer(rubbish.getBytes(StandardCharsets.UTF_8));
        assertTrue(answer.error().isPresent(), rubbish);
        assertFalse(answer.prompt().headline().isEmpty());
        assertEquals(answer.decision().actions().size(), answer.prompt().actions().size());
    }

    @Test
    void rubbishInTypesHasACard() {
        for (Event event : List.of(Event.action(null), Event.action("\ud800"), Event.exchange(new Exchange()), Event.facts(new Facts().found(List.of(new Facts.Found()))),
                Event.exchange(new Exchange().operation("refund").headers(Map.of("Date", List.of("x"))).body(new byte[] {-1, -2})), Event.of("{}"),
                Event.decision(engine.answer(lost()).decision(), "nonsense"), lost().sale("}{").at(-5).utcOffsetMinutes(99999).locale(null))) {
            assertFalse(engine.answer(event).prompt().headline().isEmpty());
        }
        assertThrows(IllegalArgumentException.class, () -> Event.of("[]"));
    }

    @Test
    void aRefusalHasTheModulesWordsAndTheSafeCard() {
        Answer answer = engine.answer(Event.exchange(new Exchange().operation("authorization").status(-1)).at(NOON));
        TillwiseException error = answer.error().orElseThrow();
        assertEquals("bad_event", error.kind());
        assertTrue(error.detail().contains("status"), error.detail());
        assertEquals("unknown", answer.decision().money());
        assertEquals(NOON, answer.decision().about().orElseThrow().since());
        assertEquals("{\"unanswered\":[{\"operation\":\"authorization\",\"at\":1795530727000}],\"sale\":{}}", answer.sale());
        assertTrue(answer.record().isEmpty());
        assertTrue(new String(answer.raw().orElseThrow(), StandardCharsets.UTF_8).startsWith("{\"error\""));
    }

    @Test
    void tooMuchIsNotAsked() {
        byte[] much = new byte[300_000];
        assertEquals(SafeCard.constant("too_large"), new String(engine.answerJson(much), StandardCharsets.UTF_8));
        assertEquals("too_large", engine.answer(much).error().orElseThrow().kind());
    }

    @Test
    void aLongBodyIsCut() {
        for (String unit : List.of("a", "\u0001", "€", "😀", "\ud800", "\"")) {
            Answer answer = engine.answer(event("refund", 500, unit.repeat(400_000)));
            assertTrue(answer.error().isEmpty(), unit);
        }
        Answer parsed = engine.answer(Event.of("{\"v\":1,\"exchange\":{\"operation\":\"refund\",\"status\":500,\"body\":[" + "0,".repeat(200_000) + "0]}}"));
        assertTrue(parsed.error().isEmpty());
    }

    @Test
    void settingsReachTheCardsAndTheSafeCard() {
        Settings.Texts.Contacts contacts = new Settings.Texts.Contacts().supervisor(new Settings.Texts.Contacts.Contact().enCA("Ask at the desk"));
        Settings settings = new Settings().texts(new Settings.Texts().contacts(contacts));
        try (Engine own = Engine.builder().settings(settings).open()) {
            assertEquals("Ask at the desk", own.answer("no event".getBytes(StandardCharsets.UTF_8)).prompt().contact());
        }
        assertEquals("Ask at the desk", SafeCard.of(Event.of("{}"), settings.toString()).prompt().contact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"policy\":{\"nothing\":1}}", "{\"policy\":{\"wait_s\":0}}"})
    void wrongSettingsAreRefused(String settings) {
        assertEquals("bad_policy", assertThrows(TillwiseException.class, () -> Engine.builder().settings(settings).open()).kind());
    }

    @Test
    void settingsThatAreNoJsonAreRefused() {
        assertEquals("bad_json", assertThrows(TillwiseException.class, () -> Engine.builder().settings("{").open()).kind());
    }

    @Test
    void theBytesOfTheModuleAreItsOwn() {
        byte[] event = "{\"v\":2}".getBytes(StandardCharsets.UTF_8);
        assertTrue(new String(engine.answerJson(event), StandardCharsets.UTF_8).contains("bad_version"));
        assertTrue(new String(engine.decideJson(event), StandardCharsets.UTF_8).contains("bad_version"));
        assertTrue(new String(engine.describe(), StandardCharsets.UTF_8).contains("\"abi\":1"));
    }

    @Test
    void anotherModuleIsCheckedAndInterpreted() throws Exception {
        byte[] module = Files.readAllBytes(MODULE);
        assertEquals("wrong_module", opening(module, null));
        assertEquals("wrong_module", opening(module, "00"));
        assertEquals("wrong_module", opening(new byte[0], ModuleFile.sha256(new byte[0])));
        assertEquals("wrong_module", assertThrows(TillwiseException.class, () -> Engine.builder().module(Path.of("nowhere.wasm"), "00").open()).kind());

        byte[] another = Arrays.copyOf(module, module.length + 4); // an empty section of nobody's
        another[module.length + 1] = 2;
        another[module.length + 2] = 1;
        another[module.length + 3] = 'x';
        try (Engine own = Engine.builder().module(another, ModuleFile.sha256(another).toUpperCase(Locale.ROOT)).open()) {
            assertEquals(text(lost()), new String(own.answer(lost()).raw().orElseThrow(), StandardCharsets.UTF_8));
        }
    }

    private static String opening(byte[] module, String sha256) {
        return assertThrows(TillwiseException.class, () -> Engine.builder().module(module, sha256).open()).kind();
    }

    @Test
    void aClosedEngineHasACard() {
        Engine closed = Engine.open();
        Sale sale = closed.sale();
        closed.close();
        closed.close();
        Answer answer = sale.answer(lost());
        assertEquals("module_failed", answer.error().orElseThrow().kind());
        assertTrue(answer.error().orElseThrow().detail().contains("the engine is closed"));
        assertTrue(answer.decision().doubt());
        assertEquals("module_failed", assertThrows(TillwiseException.class, closed::describe).kind());
    }

    @Test
    void manyThreadsGetTheirOwnAnswers() {
        List<Event> events = List.of(lost(), event("verify", 409, "{\"error\":\"secret_answer_mismatch\"}"), event("refund", 200, "{}"), lost().locale("fr-CA"));
        List<String> wants = events.stream().map(EngineTest::text).collect(Collectors.toList());
        IntStream.range(0, 400).parallel().forEach(i -> assertEquals(wants.get(i % 4), text(events.get(i % 4))));
    }

    private static String text(Event event) {
        return new String(engine.answer(event).raw().orElseThrow(), StandardCharsets.UTF_8);
    }
}
