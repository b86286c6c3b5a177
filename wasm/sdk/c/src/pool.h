/* A fixed number of places for instances. An empty place is filled by who takes it,
 * so that a till that asks one thing at a time pays for one instance only. */
#ifndef TILLWISE_POOL_H
#define TILLWISE_POOL_H

#include <pthread.h>

#include "instance.h"

struct place {
	struct instance *instance; /* NULL in an empty place */
	bool used;                 /* by a call, which has it to itself */
};

struct pool {
	pthread_mutex_t lock; /* of what follows; an instance is its place's user's */
	pthread_cond_t changed;
	struct place *places;
	int count;
	bool closed;
	struct span settings; /* for each new instance; none are the defaults */
};

/* Fills the pool and starts its first instance, with an error where that fails. The
 * pool is to be freed in any case. */
void pool_start(struct pool *p, int count, struct span settings, struct error *e);

/*
 * Asks an instance, and gives what it answered. `check` looks at the answer before
 * the instance is used again: one that fails there is thrown away like one that
 * breaks off. It may be NULL.
 */
void pool_ask(struct pool *p, enum face face, struct span input, void (*check)(struct span, struct error *), struct text *answer, struct error *e);

void pool_stop(struct pool *p); /* waits for the calls under way, and frees the instances */
void pool_free(struct pool *p);

#endif
