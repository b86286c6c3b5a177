#include "pool.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"

/* Calls after which an instance is replaced. */
#define MAX_CALLS 10000

/* started gives a new instance that has its settings, or NULL with an error. */
static struct instance *started(struct pool *p, struct error *e)
{
	struct instance *in = instance_start(e);
	if (!in || p->settings.size == 0)
		return in;
	struct text reply = {0};
	instance_call(in, FACE_CONFIGURE, p->settings, &reply, e);
	if (e->code == TILLWISE_OK)
		refusal_of(text_span(&reply), e);
	text_drop(&reply);
	if (e->code == TILLWISE_OK)
		return in;
	instance_free(in);
	return NULL;
}

/* unused gives a place that nobody uses, with an instance if there is one; or NULL. */
static struct place *unused(struct pool *p)
{
	struct place *found = NULL;
	for (struct place *at = p->places; at < p->places + p->count; at++)
		if (!at->used && (!found || !found->instance))
			found = at;
	return found;
}

/* taken gives the place that a call has to itself until it gives it back; NULL with
 * an error when the pool is closed. */
static struct place *taken(struct pool *p, struct error *e)
{
	struct place *place = NULL;
	pthread_mutex_lock(&p->lock);
	while (!p->closed && !(place = unused(p)))
		pthread_cond_wait(&p->changed, &p->lock);
	if (p->closed) {
		place = NULL;
		error_set(e, TILLWISE_MODULE_FAILED, "asking the module", "the engine is closed: open one to ask");
	} else {
		place->used = true;
	}
	pthread_mutex_unlock(&p->lock);
	return place;
}

static void give_back(struct pool *p, struct place *place)
{
	pthread_mutex_lock(&p->lock);
	place->used = false;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

void pool_start(struct pool *p, int count, struct span settings, struct error *e)
{
	memset(p, 0, sizeof *p);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	p->settings = settings;
	p->places = calloc((size_t)count, sizeof *p->places);
	if (!p->places) {
		error_set(e, TILLWISE_NO_MEMORY, "opening an engine", "there is no memory for it");
		return;
	}
	p->count = count;
	p->places[0].instance = started(p, e);
}

void pool_ask(struct pool *p, enum face face, struct span input, void (*check)(struct span, struct error *), struct text *answer, struct error *e)
{
	struct place *place = taken(p, e);
	if (!place)
		return;
	struct instance *in = place->instance ? place->instance : started(p, e);
	if (in)
		instance_call(in, face, input, answer, e);
	if (e->code == TILLWISE_OK && check)
		check(text_span(answer), e);
	if (in && (e->code != TILLWISE_OK || instance_calls(in) >= MAX_CALLS)) {
		instance_free(in);
		in = NULL;
	}
	place->instance = in;
	give_back(p, place);
}

static bool in_use(const struct pool *p)
{
	for (int i = 0; i < p->count; i++)
		if (p->places[i].used)
			return true;
	return false;
}

void pool_stop(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->closed = true;
	pthread_cond_broadcast(&p->changed);
	while (in_use(p))
		pthread_cond_wait(&p->changed, &p->lock);
	for (int i = 0; i < p->count; i++) {
		instance_free(p->places[i].instance);
		p->places[i].instance = NULL;
	}
	pthread_mutex_unlock(&p->lock);
}

void pool_free(struct pool *p)
{
	pool_stop(p);
	free(p->places);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
}
