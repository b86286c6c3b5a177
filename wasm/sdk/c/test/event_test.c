#include <stdlib.h>

#include "answer.h"
#include "check.h"
#include "event.h"
#include "json.h"
#include "tillwise.h"

/* with_body gives an event with a body of so many pieces, and what comes after it. */
static char *with_body(const char *piece, size_t times, const char *after)
{
	struct text t = {0};
	text_put(&t, "{\"v\":1,\"at\":5,\"exchange\":{\"operation\":\"search\",\"body_cut\":false,\"body\":\"");
	for (size_t i = 0; i < times; i++)
		text_put(&t, piece);
	text_put(&t, "\",\"status\":200}");
	text_put(&t, after);
	text_put(&t, "}");
	return text_take(&t);
}

static char *prepared(char *event)
{
	struct text t = {0};
	event_prepare(span_of(event), &t);
	free(event);
	return text_take(&t);
}

static void check_body(const char *piece, size_t times, size_t bytes, bool cut)
{
	char *event = prepared(with_body(piece, times, ",\"sale\":{}"));
	char *body = tillwise_get(event, "exchange.body");
	CHECK(body && strlen(body) == bytes, "of %zu times %s the body has %zu bytes, not %zu", times, piece, body ? strlen(body) : 0, bytes);
	check_at(event, "exchange.body_cut", cut ? "true" : "false");
	check_at(event, "exchange.status", "200");
	check_at(event, "exchange.operation", "search");
	check_at(event, "at", "5");
	check_at(event, "sale", "{}");
	CHECK(strlen(event) <= MAX_INPUT, "of %zu times %s the event has %zu bytes", times, piece, strlen(event));
	free(body);
	free(event);
}

static void bodies(void)
{
	check_body("x", 65536, 65536, false);
	check_body("x", 65537, 65536, true);
	check_body("x", 400000, 65536, true);
	check_body("\\u0001", 43000, 43000, false); /* six bytes for each, and the whole is small enough */
	check_body("\\u0001", 44000, 22000, true);  /* and is not: half of it is */
	check_body("\\u0001", 100000, 32768, true); /* cut, and then half of that */
	check_body("\\u00e9", 32769, 65536, true);
	check_body("\xe2\x82\xac", 30000, 65535, true); /* no part of a character */
	check_body("\\ud83d\\ude00", 20000, 65536, true);

	char spaces[300];
	memset(spaces, ' ', sizeof spaces - 1);
	spaces[sizeof spaces - 1] = 0;
	struct text large = {0};
	text_put(&large, ",\"event_id\":\"");
	for (int i = 0; i < 1000; i++)
		text_put(&large, spaces);
	text_put(&large, "\"");
	char *after = text_take(&large), *event = prepared(with_body("x", 100, after));
	check_at(event, "exchange.body", "");
	CHECK(strlen(event) > MAX_INPUT, "what is not the body was cut");
	free(after);
	free(event);
}

static void other_input(void)
{
	static const char *const as_they_are[] = {"", "no JSON", "[1]", "{\"exchange\":3}", "{\"exchange\":{\"body\":7}}", " {\"v\" : 1}\n"};
	for (size_t i = 0; i < sizeof as_they_are / sizeof *as_they_are; i++)
		check_text("prepared", prepared(copy_of(span_of(as_they_are[i]))), as_they_are[i]);
}

static void check_sale(const char *event, const char *want)
{
	struct text t = {0};
	event_with_sale(span_of(event), span_of("{\"v\":2}"), &t);
	check_text(event, text_take(&t), want);
}

static void sales(void)
{
	check_sale(" {} ", "{\"sale\":{\"v\":2}}");
	check_sale("{\"v\" : 1}", "{\"v\":1,\"sale\":{\"v\":2}}");
	check_sale("{\"sale\":{},\"v\":1,\"s\\u0061le\":3}", "{\"v\":1,\"sale\":{\"v\":2}}");
	check_sale("no JSON", "{\"sale\":{\"v\":2}}");
	check_sale("[]", "{\"sale\":{\"v\":2}}");
}

void test_event(void)
{
	bodies();
	other_input();
	sales();
}
