#ifndef TILLWISE_ENGINE_H
#define TILLWISE_ENGINE_H

#include "pool.h"

struct tillwise_engine {
	struct pool pool;
	struct text settings; /* as they came; the safe card has the contacts in them */
	struct error failed;  /* why it did not open */
	pthread_mutex_t lock;
	int users; /* its owner, and its sales */
};

/*
 * Gives the answer to an event, or the safe one with an error: without "error".
 * whole is what the safe card is made of; it has the sale even where the event is no JSON.
 */
void engine_answer(tillwise_engine *e, struct span event, struct span whole, struct text *answer, struct error *err);

void add_error(struct text *answer, const struct error *err); /* as an answer's last member */
tillwise_code finish(struct text *t, tillwise_code code, char **out); /* hands out a text, or says that there is no memory */

void engine_hold(tillwise_engine *e);
void engine_let_go(tillwise_engine *e);

#endif
