#include "event.h"

#include "answer.h"
#include "json.h"

/* How much of a reply's body the module gets to see. What documented replies say of
 * an error takes a fraction of it. */
#define MAX_BODY (64 << 10)

/* copy_without writes an object's members but one, and leaves the object open. */
static void copy_without(struct span object, const char *name, struct text *to)
{
	struct span key, item;
	struct json_walk w = json_begin(object);
	const char *before = "{";
	while (json_next(&w, &key, &item)) {
		if (json_is(key, name))
			continue;
		text_put(to, before);
		text_add(to, key);
		text_put(to, ":");
		text_add(to, item);
		before = ",";
	}
	if (*before == '{')
		text_put(to, before);
}

/* next_member writes the comma that a further member of an open object needs. */
static void next_member(struct text *to)
{
	if (to->size > 0 && to->at[to->size - 1] != '{')
		text_put(to, ",");
}

/* cut writes an event whose exchange has no more than `limit` bytes of its body. */
static void cut(struct span event, struct span exchange, struct span body, size_t limit, struct text *to)
{
	struct text rest = {0}, shorter = {0}, dropped = {0};
	size_t written = json_decode(body, limit, &dropped);
	text_drop(&dropped);
	copy_without(exchange, "body", &rest);
	text_put(&rest, "}");
	copy_without(text_span(&rest), "body_cut", &shorter);
	next_member(&shorter);
	text_put(&shorter, "\"body\":");
	text_add(&shorter, (struct span){body.at, written + 1});
	text_put(&shorter, "\",\"body_cut\":true}");

	copy_without(event, "exchange", to);
	next_member(to);
	text_put(to, "\"exchange\":");
	text_add(to, text_span(&shorter));
	text_put(to, "}");
	to->failed = to->failed || rest.failed || shorter.failed;
	text_drop(&rest);
	text_drop(&shorter);
}

void event_prepare(struct span event, struct text *to)
{
	struct span whole = json_trim(event), exchange = {NULL, 0}, body = {NULL, 0};
	if (json_valid(event)) {
		exchange = json_member(whole, "exchange");
		body = json_member(exchange, "body");
	}
	size_t limit = json_decoded(body);
	if (limit <= MAX_BODY && (event.size <= MAX_INPUT || limit == 0)) {
		text_add(to, event);
		return;
	}
	limit = limit > MAX_BODY ? MAX_BODY : limit / 2;
	for (;; limit /= 2) {
		to->size = 0;
		cut(whole, exchange, body, limit, to);
		if (to->failed || to->size <= MAX_INPUT || limit == 0)
			return;
	}
}

void event_with_sale(struct span event, struct span sale, struct text *to)
{
	if (json_valid(event) && json_is_object(json_trim(event)))
		copy_without(json_trim(event), "sale", to);
	else
		text_put(to, "{");
	next_member(to);
	text_put(to, "\"sale\":");
	text_add(to, sale);
	text_put(to, "}");
}
