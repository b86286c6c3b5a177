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

/* taken gives the place that a call has to itself until it gives it back: with an
 * instance, or empty (NULL). */
static struct instance *taken(struct pool *p, struct error *e)
{
	struct instance *in = NULL;
	pthread_mutex_lock(&p->lock);
	while (!p->closed && p->free == 0)
		pthread_cond_wait(&p->changed, &p->lock);
	if (p->closed) {
		error_set(e, TILLWISE_MODULE_FAILED, "asking the module", "the engine is closed: open one to ask");
	} else {
		p->free--;
		if (p->waiting > 0)
			in = p->idle[--p->waiting];
	}
	pthread_mutex_unlock(&p->lock);
	return in;
}

static void give_back(struct pool *p, struct instance *in)
{
	pthread_mutex_lock(&p->lock);
	p->free++;
	if (in)
		p->idle[p->waiting++] = in;
	pthread_cond_broadcast(&p->changed);
	pthread_mutex_unlock(&p->lock);
}

void pool_start(struct pool *p, int places, struct span settings, struct error *e)
{
	memset(p, 0, sizeof *p);
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->changed, NULL);
	p->settings = settings;
	p->places = p->free = places;
	p->idle = calloc((size_t)places, sizeof(struct instance *));
	if (!p->idle) {
		error_set(e, TILLWISE_NO_MEMORY, "opening an engine", "there is no memory for it");
		return;
	}
	p->idle[0] = started(p, e);
	p->waiting = p->idle[0] ? 1 : 0;
}

void pool_ask(struct pool *p, enum face face, struct span input, void (*check)(struct span, struct error *), struct text *answer, struct error *e)
{
	struct instance *in = taken(p, e);
	if (e->code != TILLWISE_OK)
		return;
	if (!in)
		in = started(p, e);
	if (in)
		instance_call(in, face, input, answer, e);
	if (e->code == TILLWISE_OK && check)
		check(text_span(answer), e);
	if (in && (e->code != TILLWISE_OK || instance_calls(in) >= MAX_CALLS)) {
		instance_free(in);
		in = NULL;
	}
	give_back(p, in);
}

void pool_stop(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	p->closed = true;
	pthread_cond_broadcast(&p->changed);
	while (p->free < p->places)
		pthread_cond_wait(&p->changed, &p->lock);
	while (p->waiting > 0)
		instance_free(p->idle[--p->waiting]);
	pthread_mutex_unlock(&p->lock);
}

void pool_free(struct pool *p)
{
	pool_stop(p);
	free(p->idle);
	pthread_cond_destroy(&p->changed);
	pthread_mutex_destroy(&p->lock);
}
