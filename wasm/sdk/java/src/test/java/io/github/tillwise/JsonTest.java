package io.github.tillwise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "true", "false", "0", "-0", "1.50", "1e400", "-12.5E-3", "\"\"", "[[],{}]", "{\"\":null}",
        "{\"a\":[1,{\"b\":\"c\"}],\"d\":\"\\\"\\\\\"}", "\"\\u0001\"", "\"é😀\"", "123456789012345678901234567890"})
    void writesWhatItHasRead(String text) throws Exception {
        assertEquals(text, Json.write(Json.read(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "}", "[", "]", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{\"a\":1]", "[1}", "1 2", "{}x",
        "nul", "nulls", "tru", "True", "'a'", "\"a", "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u12", "\"\t\"", "01", "-", "1.", ".5", "1e", "1e+", "+1", "NaN", "0x1", "\ufeff{}",
        "\"\\u\uff11234\"", "//", "\u00a01"})
    void refusesWhatIsNone(String text) {
        assertThrows(Json.Malformed.class, () -> Json.read(text));
    }

    @Test
    void readsSpaceAndEscapes() throws Exception {
        assertEquals("{\"a\":[1,2],\"b\":\"/\\u0008\\u000c\\u000a\\u000d\\u0009é\"}", Json.write(Json.read(" {\n\"a\" :\t[ 1 , 2 ]\r, \"b\": \"\\/\\b\\f\\n\\r\\t\\u00E9\" } ")));
    }

    @Test
    void keepsASaleAsItIsWritten() throws Exception {
        assertEquals("{ \"n\" : 1.0 }", Json.readObject("{\"v\":1, \"sale\" : { \"n\" : 1.0 } , \"x\":{\"sale\":2}}").get("sale").toString());
    }

    @Test
    void knowsNoDepthThatIsTooMuch() throws Exception {
        String deep = "[".repeat(200_000) + "]".repeat(200_000);
        assertEquals(deep, Json.write(Json.read(deep)));
    }

    @Test
    void putsSomethingInPlaceOfHalfAPair() {
        assertArrayEquals("a\ufffdb".getBytes(StandardCharsets.UTF_8), Json.utf8("a\ud800b"));
    }
}
