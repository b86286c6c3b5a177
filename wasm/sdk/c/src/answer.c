#include "answer.h"

#include "json.h"

static const struct {
	tillwise_code code;
	const char *kind;
} kinds[] = {
	{TILLWISE_OK, "ok"},
	{TILLWISE_MODULE_FAILED, "module_failed"},
	{TILLWISE_WRONG_MODULE, "wrong_module"},
	{TILLWISE_NO_MEMORY, "no_memory"},
	{TILLWISE_BAD_JSON, "bad_json"},
	{TILLWISE_BAD_EVENT, "bad_event"},
	{TILLWISE_BAD_VERSION, "bad_version"},
	{TILLWISE_BAD_FACTS, "bad_facts"},
	{TILLWISE_BAD_POLICY, "bad_policy"},
	{TILLWISE_TOO_LARGE, "too_large"},
	{TILLWISE_TOO_DEEP, "too_deep"},
	{TILLWISE_ACTION_NOT_OFFERED, "action_not_offered"},
};

#define KINDS (sizeof kinds / sizeof *kinds)

const char *tillwise_kind(tillwise_code code)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].code == code)
			return kinds[i].kind;
	return "other";
}

/* code_of gives the code of a kind that the module names; the library's own kinds
 * are not the module's to give. */
static tillwise_code code_of(struct span kind)
{
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].code >= TILLWISE_BAD_JSON && json_is(kind, kinds[i].kind))
			return kinds[i].code;
	return TILLWISE_OTHER;
}

static void no_answer(struct error *e, const char *why)
{
	error_set(e, TILLWISE_MODULE_FAILED, "tillwise_answer", why);
}

void refusal_of(struct span answer, struct error *e)
{
	struct span refusal = json_member(json_trim(answer), "error");
	if (refusal.size == 0 || json_is_null(refusal))
		return;
	struct span kind = json_member(refusal, "kind"), detail = json_member(refusal, "detail");
	if (!json_is_string(kind) || !json_is_string(detail)) {
		no_answer(e, "the answer has not the shape of one");
		return;
	}
	error_drop(e);
	e->code = code_of(kind);
	if (e->code == TILLWISE_OTHER)
		json_decode(kind, (size_t)-1, &e->kind);
	json_decode(detail, (size_t)-1, &e->detail);
}

static bool has_text(struct span object, const char *name)
{
	struct span s = json_member(object, name);
	return json_is_string(s) && s.size > 2;
}

/* each_has tells whether an array holds objects with such a text, and nothing else. */
static bool each_has(struct span array, const char *name)
{
	struct span key, item;
	struct json_walk w = json_begin(array);
	while (json_next(&w, &key, &item))
		if (!has_text(item, name))
			return false;
	return true;
}

void answer_check(struct span text, struct error *e)
{
	struct span answer = json_trim(text), refusal = json_member(answer, "error");
	if (refusal.size > 0 && !json_is_null(refusal)) {
		struct error as_refused = {TILLWISE_OK, {0}, {0}};
		refusal_of(answer, &as_refused);
		if (as_refused.code == TILLWISE_MODULE_FAILED)
			no_answer(e, "the answer has not the shape of one");
		error_drop(&as_refused);
		return;
	}
	struct span prompt = json_member(answer, "prompt"), decision = json_member(answer, "decision"), sale = json_member(answer, "sale");
	struct span actions = json_member(decision, "actions"), labels = json_member(prompt, "actions");
	size_t n = json_count(actions);
	if (!json_is_object(answer) || !json_is_object(prompt) || !json_is_object(decision) || !json_is_array(actions) || !json_is_array(labels) ||
		!each_has(actions, "id") || !each_has(labels, "label"))
		no_answer(e, "the answer has not the shape of one");
	else if (!has_text(decision, "family") || !has_text(prompt, "headline") || n == 0 || n != json_count(labels) ||
		sale.size == 0 || sale.size > MAX_SALE || json_is_null(sale))
		no_answer(e, "the answer has no card, no way out or no sale");
}

void error_json(struct text *to, const struct error *e)
{
	text_put(to, "{\"kind\":");
	if (e->kind.size > 0)
		text_json(to, text_span(&e->kind));
	else
		text_json(to, span_of(tillwise_kind(e->code)));
	text_put(to, ",\"detail\":");
	text_json(to, text_span(&e->detail));
	text_put(to, "}");
}
