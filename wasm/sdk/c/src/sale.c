#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "engine.h"
#include "event.h"
#include "json.h"

struct tillwise_sale {
	tillwise_engine *engine;
	pthread_mutex_t lock;
	char *state; /* JSON */
	char *last;  /* the last answer, less "error"; NULL before the first */
};

tillwise_code tillwise_sale_open(tillwise_engine *engine, const char *state, tillwise_sale **sale)
{
	struct span from = span_of(state ? state : "{}");
	if (!json_valid(from))
		from = span_of("\"unreadable\"");
	tillwise_sale *s = *sale = calloc(1, sizeof *s);
	if (!s)
		return TILLWISE_NO_MEMORY;
	if (!(s->state = copy_of(json_trim(from)))) {
		free(s);
		*sale = NULL;
		return TILLWISE_NO_MEMORY;
	}
	pthread_mutex_init(&s->lock, NULL);
	s->engine = engine;
	engine_hold(engine);
	return TILLWISE_OK;
}

/* again writes the last answer without its record: what was kept once is not given twice. */
static void again(struct span last, struct text *to)
{
	struct span key, item;
	struct json_walk w = json_begin(last);
	const char *before = "{";
	while (json_next(&w, &key, &item)) {
		if (json_is(key, "record"))
			continue;
		text_put(to, before);
		text_add(to, key);
		text_put(to, ":");
		text_add(to, item);
		before = ",";
	}
	text_put(to, "}");
}

/* answered works out an answer and what is to be kept of it. After NO_MEMORY the
 * sale is as before. */
static tillwise_code answered(tillwise_sale *s, struct span event, struct text *out)
{
	struct text whole = {0};
	struct error err = {TILLWISE_OK, {0}, {0}};
	event_with_sale(event, span_of(s->state), &whole);
	if (whole.failed) {
		text_drop(&whole);
		out->failed = true;
		return TILLWISE_NO_MEMORY;
	}
	if (json_is_object(json_trim(event)) && json_valid(event))
		engine_answer(s->engine, text_span(&whole), text_span(&whole), out, &err);
	else
		engine_answer(s->engine, event, text_span(&whole), out, &err);
	text_drop(&whole);

	if (err.code == TILLWISE_ACTION_NOT_OFFERED && s->last) {
		text_drop(out);
		again(span_of(s->last), out);
	} else if (!out->failed) {
		char *last = copy_of(text_span(out)), *state = copy_of(json_member(text_span(out), "sale"));
		if (!last || !state)
			out->failed = true;
		char *old_last = s->last, *old_state = s->state;
		if (!out->failed) {
			s->last = last;
			last = old_last;
		}
		if (!out->failed && err.code != TILLWISE_ACTION_NOT_OFFERED) {
			s->state = state;
			state = old_state;
		}
		free(last);
		free(state);
	}
	tillwise_code code = err.code;
	if (code != TILLWISE_OK)
		add_error(out, &err);
	error_drop(&err);
	return code;
}

tillwise_code tillwise_sale_answer(tillwise_sale *sale, const char *event, size_t length, char **answer)
{
	if (!sale)
		return tillwise_answer(NULL, event, length, answer);
	struct text out = {0};
	pthread_mutex_lock(&sale->lock);
	tillwise_code code = answered(sale, (struct span){event, length}, &out);
	pthread_mutex_unlock(&sale->lock);
	return finish(&out, code, answer);
}

char *tillwise_sale_state(tillwise_sale *sale)
{
	if (!sale)
		return NULL;
	pthread_mutex_lock(&sale->lock);
	char *state = copy_of(span_of(sale->state));
	pthread_mutex_unlock(&sale->lock);
	return state;
}

void tillwise_sale_close(tillwise_sale *sale)
{
	if (!sale)
		return;
	engine_let_go(sale->engine);
	pthread_mutex_destroy(&sale->lock);
	free(sale->state);
	free(sale->last);
	free(sale);
}
