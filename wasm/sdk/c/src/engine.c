#include "engine.h"

#include <stdlib.h>
#include <string.h>
#ifdef _WIN32
#include <windows.h>
#else
#include <unistd.h>
#endif

#include "answer.h"
#include "cards.h"
#include "event.h"
#include "json.h"

/* More instances than this are more than any program asks for. */
#define MAX_INSTANCES 1024

static int processors(void)
{
#ifdef _WIN32
	SYSTEM_INFO info;
	GetSystemInfo(&info);
	return (int)info.dwNumberOfProcessors;
#else
	return (int)sysconf(_SC_NPROCESSORS_ONLN);
#endif
}

static int places(int instances)
{
	if (instances <= 0)
		instances = processors() > 4 ? 4 : processors();
	if (instances < 1)
		return 1;
	return instances > MAX_INSTANCES ? MAX_INSTANCES : instances;
}

tillwise_code tillwise_open(const char *settings, int instances, tillwise_engine **engine, char **detail)
{
	if (detail)
		*detail = NULL;
	tillwise_engine *e = *engine = calloc(1, sizeof *e);
	if (!e)
		return TILLWISE_NO_MEMORY;
	e->users = 1;
	pthread_mutex_init(&e->lock, NULL);
	text_put(&e->settings, settings ? settings : "");
	struct span store = text_span(&e->settings);
	if (store.size > MAX_INPUT) {
		refusal_of(span_of(safe_too_large), &e->failed);
		store.size = 0;
	}
	struct error failed = {TILLWISE_OK, {0}, {0}};
	pool_start(&e->pool, places(instances), store, &failed);
	/* What breaks off before its first answer is no module to go on with. */
	if (failed.code == TILLWISE_MODULE_FAILED)
		failed.code = TILLWISE_WRONG_MODULE;
	if (e->failed.code == TILLWISE_OK)
		e->failed = failed;
	else
		error_drop(&failed);
	if (e->failed.code == TILLWISE_OK)
		return TILLWISE_OK;
	pool_stop(&e->pool);
	if (detail)
		*detail = copy_of(text_span(&e->failed.detail));
	return e->failed.code;
}

/* finish hands out a text of the caller's own, or says that there is no memory for it. */
tillwise_code finish(struct text *t, tillwise_code code, char **out)
{
	*out = text_take(t);
	return *out ? code : TILLWISE_NO_MEMORY;
}

void tillwise_free(char *text) { free(text); }

/* engine_ask gives the module's answer, or sets an error of the library's own. What
 * is too large for the module it answers in the module's words. */
static void engine_ask(tillwise_engine *e, enum face face, struct span input, void (*check)(struct span, struct error *), struct text *answer, struct error *err)
{
	if (!e) {
		error_set(err, TILLWISE_MODULE_FAILED, "asking the module", "the engine is closed: open one to ask");
	} else if (e->failed.code != TILLWISE_OK) {
		err->code = e->failed.code;
		text_add(&err->detail, text_span(&e->failed.detail));
	} else if (input.size > MAX_INPUT) {
		text_put(answer, safe_too_large);
	} else {
		pool_ask(&e->pool, face, input, check, answer, err);
	}
}

void engine_answer(tillwise_engine *e, struct span event, struct span whole, struct text *answer, struct error *err)
{
	struct text in = {0};
	event_prepare(event, &in);
	if (in.failed)
		error_set(err, TILLWISE_NO_MEMORY, "writing the event", "there is no memory for it");
	else
		engine_ask(e, FACE_ANSWER, text_span(&in), answer_check, answer, err);
	text_drop(&in);
	if (err->code == TILLWISE_OK && answer->failed)
		error_set(err, TILLWISE_NO_MEMORY, "reading the answer", "there is no memory for it");
	if (err->code == TILLWISE_OK)
		refusal_of(text_span(answer), err);
	if (err->code == TILLWISE_OK)
		return;
	text_drop(answer);
	safe_answer(whole, e ? text_span(&e->settings) : (struct span){NULL, 0}, answer);
	text_put(answer, "}");
}

void add_error(struct text *answer, const struct error *err)
{
	if (answer->size > 0)
		answer->size--; /* the brace at its end */
	text_put(answer, ",\"error\":");
	error_json(answer, err);
	text_put(answer, "}");
}

tillwise_code tillwise_answer(tillwise_engine *engine, const char *event, size_t length, char **answer)
{
	struct span in = {event, length};
	struct text out = {0};
	struct error err = {TILLWISE_OK, {0}, {0}};
	engine_answer(engine, in, in, &out, &err);
	tillwise_code code = err.code;
	if (code != TILLWISE_OK)
		add_error(&out, &err);
	error_drop(&err);
	return finish(&out, code, answer);
}

/* plain is a call whose answer goes out as it is. */
static tillwise_code plain(tillwise_engine *engine, enum face face, struct span input, char **answer)
{
	struct text out = {0};
	struct error err = {TILLWISE_OK, {0}, {0}};
	engine_ask(engine, face, input, NULL, &out, &err);
	if (err.code != TILLWISE_OK) {
		text_drop(&out);
		text_put(&out, "{\"error\":");
		error_json(&out, &err);
		text_put(&out, "}");
	} else if (!out.failed) {
		struct error refused = {TILLWISE_OK, {0}, {0}};
		refusal_of(text_span(&out), &refused);
		/* What the module wrote goes out, whatever it is; the code is for who does not read it. */
		err.code = refused.code == TILLWISE_MODULE_FAILED ? TILLWISE_OTHER : refused.code;
		error_drop(&refused);
	}
	tillwise_code code = err.code;
	error_drop(&err);
	return finish(&out, code, answer);
}

tillwise_code tillwise_answer_json(tillwise_engine *engine, const char *event, size_t length, char **answer)
{
	return plain(engine, FACE_ANSWER, (struct span){event, length}, answer);
}

tillwise_code tillwise_decide(tillwise_engine *engine, const char *input, size_t length, char **answer)
{
	return plain(engine, FACE_DECIDE, (struct span){input, length}, answer);
}

tillwise_code tillwise_describe(tillwise_engine *engine, char **answer)
{
	return plain(engine, FACE_DESCRIBE, (struct span){NULL, 0}, answer);
}

tillwise_code tillwise_safe(const char *event, size_t length, const char *settings, char **answer)
{
	struct text out = {0};
	safe_answer((struct span){event, length}, span_of(settings), &out);
	text_put(&out, "}");
	return finish(&out, TILLWISE_OK, answer);
}

void tillwise_stop(tillwise_engine *engine)
{
	if (engine)
		pool_stop(&engine->pool);
}

void engine_hold(tillwise_engine *e)
{
	if (!e)
		return;
	pthread_mutex_lock(&e->lock);
	e->users++;
	pthread_mutex_unlock(&e->lock);
}

void engine_let_go(tillwise_engine *e)
{
	if (!e)
		return;
	pthread_mutex_lock(&e->lock);
	int left = --e->users;
	pthread_mutex_unlock(&e->lock);
	if (left > 0)
		return;
	pool_free(&e->pool);
	pthread_mutex_destroy(&e->lock);
	text_drop(&e->settings);
	error_drop(&e->failed);
	free(e);
}

void tillwise_close(tillwise_engine *engine)
{
	tillwise_stop(engine);
	engine_let_go(engine);
}

const char *tillwise_version(void) { return "0.1.0"; }

const char *tillwise_module_sha256(void) { return module_sha256; }
