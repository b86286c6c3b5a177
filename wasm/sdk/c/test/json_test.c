#include <stdint.h>
#include <stdlib.h>

#include "check.h"
#include "json.h"
#include "tillwise.h"

static void validity(void)
{
	static const char *const good[] = {
		"{}", "[]", " [ ] ", "0", "-0", "-1.5e+3", "1E9", "true", "false", "null", "\"\"", "\"\\u00e9\\n\\/\"", "{\"a\":[1,{\"b\":null}],\"a\":2}",
		"\t\r\n{ \"a\" : 1 , \"b\" : [ 1 , 2 ] }\n", "\"\xc3\xa9\"", "[[],{},[[]]]",
	};
	static const char *const bad[] = {
		"", " ", "{", "}", "[", "[1", "[1,", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\":1]", "[1}", "01", "1.", ".5", "-", "+1",
		"1e", "1e+", "0x1", "nul", "True", "\"", "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u123", "\"\n\"", "1 2", "{} {}", "\xef\xbb\xbf{}", "'a'", "NaN", "[1 2]", "{\"a\" 1}", "\"a",
	};
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		CHECK(json_valid(span_of(good[i])), "refused: %s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!json_valid(span_of(bad[i])), "taken: %s", bad[i]);
	CHECK(!json_valid((struct span){"{}\0", 3}), "a zero byte after a value was taken");

	char *deep = malloc(2 * JSON_DEPTH + 2);
	memset(deep, '[', JSON_DEPTH + 1);
	memset(deep + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
	CHECK(!json_valid((struct span){deep, 2 * JSON_DEPTH + 2}), "too many levels were taken");
	CHECK(json_valid((struct span){deep + 1, 2 * JSON_DEPTH}), "as many levels as there may be were refused");
	free(deep);
}

static void texts(void)
{
	static const struct {
		const char *text;
		bool valid;
	} utf8[] = {
		{"", true}, {"a", true}, {"\xc3\xa9", true}, {"\xe2\x82\xac", true}, {"\xf0\x9f\x98\x80", true}, {"\xef\xbf\xbd", true},
		{"\x80", false}, {"\xc3", false}, {"\xc3(", false}, {"\xc0\x80", false}, {"\xe0\x80\x80", false}, {"\xed\xa0\x80", false},
		{"\xf0\x80\x80\x80", false}, {"\xf4\x90\x80\x80", false}, {"\xf5\x80\x80\x80", false}, {"\xe2\x82", false}, {"\xff", false},
	};
	for (size_t i = 0; i < sizeof utf8 / sizeof *utf8; i++)
		CHECK(utf8_valid(span_of(utf8[i].text)) == utf8[i].valid, "UTF-8, number %zu", i);

	static const struct {
		const char *json, *text;
	} strings[] = {
		{"\"\"", ""}, {"\"a\\tb\\\"\\\\\\/\"", "a\tb\"\\/"}, {"\"\\u00e9\\u20ac\"", "\xc3\xa9\xe2\x82\xac"},
		{"\"\\ud83d\\ude00\"", "\xf0\x9f\x98\x80"}, {"\"\\ud83d\"", "\xef\xbf\xbd"}, {"\"\\ude00x\"", "\xef\xbf\xbdx"},
		{"\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A"}, {"\"\\ud83dx\"", "\xef\xbf\xbdx"},
	};
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
		check_text(strings[i].json, tillwise_get(strings[i].json, ""), strings[i].text);
		CHECK(json_is(span_of(strings[i].json), strings[i].text), "%s is not itself", strings[i].json);
		CHECK(!json_is(span_of(strings[i].json), "b"), "%s is b", strings[i].json);
	}

	struct text cut = {0};
	size_t written = json_decode(span_of("\"a\\u00e9b\""), 2, &cut);
	CHECK(written == 1 && cut.size == 1, "a character was cut in two");
	text_drop(&cut);
	struct text json = {0};
	text_json(&json, (struct span){"\"\\\n\x01\xc3\xa9", 6});
	check_text("written", text_take(&json), "\"\\\"\\\\\\u000a\\u0001\xc3\xa9\"");
}

static void getting(void)
{
	static const char json[] = " {\"a\":{\"b\":[1,{\"c\":\"x\\ny\"},null]},\"a.b\":0,\"d\":\"first\",\"d\":\"last\"} ";
	check_at(json, "a.b.0", "1");
	check_at(json, "a.b.1.c", "x\ny");
	check_at(json, "a.b.2", "null");
	check_at(json, "a.b.1", "{\"c\":\"x\\ny\"}");
	check_at(json, "d", "last");
	static const char *const none[] = {"b", "a.c", "a.b.3", "a.b.x", "a.b.", "a.b.-1", "a.b.99999999999999999999", "d.0", "."};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		check_at(json, none[i], NULL);
	check_at("{", "a", NULL);
	check_at(NULL, "a", NULL);
	check_at(json, NULL, NULL);
}

/* The same "random" numbers each time. */
static uint32_t next(uint32_t *seed) { return (*seed = *seed * 1664525u + 1013904223u) >> 8; }

/* Whatever a text is, nothing is read past its end, and what is found in valid JSON is valid JSON. */
static void damaged(void)
{
	static const char json[] = "{\"a\":[1.5e-3,true,null,\"\\ud83d\\ude00 \\u00e9\"],\"sale\":{\"v\":2,\"x\":[[],{}]},\"exchange\":{\"url\":\"https:\\/\\/a/b\"}}";
	uint32_t seed = 1;
	int valid = 0;
	for (int round = 0; round < 20000; round++) {
		size_t size = 1 + next(&seed) % (sizeof json - 1);
		char *text = malloc(size); /* of its size, so that a byte too many is seen */
		memcpy(text, json + (round % 2 ? sizeof json - 1 - size : 0), size);
		for (uint32_t n = next(&seed) % 4; n > 0; n--)
			text[next(&seed) % size] = "{}[]\",:\\u09e.-tn \xc3\xff"[next(&seed) % 19];
		struct span s = {text, size}, key, item;
		utf8_valid(s);
		if (json_valid(s)) {
			valid++;
			struct json_walk w = json_begin(json_trim(s));
			while (json_next(&w, &key, &item))
				if (!json_valid(item) || (key.size > 0 && !json_is_string(key)))
					CHECK(false, "a part of valid JSON is none: %.*s", (int)size, text);
		}
		free(text);
	}
	CHECK(valid > 50, "only %d damaged texts were still JSON: the test tests little", valid);
}

void test_json(void)
{
	validity();
	texts();
	getting();
	damaged();
}
