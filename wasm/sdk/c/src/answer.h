/* What the module answers, and what a host has to see in it. */
#ifndef TILLWISE_ANSWER_H
#define TILLWISE_ANSWER_H

#include "instance.h"

/* Limits of the contract: bytes of an input and of a sale. */
#define MAX_INPUT 262144
#define MAX_SALE 2048

/* Sets the error if an answer is {"error":…}: the module's refusal. */
void refusal_of(struct span answer, struct error *e);

/* Sets the error if an answer is neither a refusal nor one that could be shown: with
 * a card, a way out, and a sale. */
void answer_check(struct span answer, struct error *e);

/* Writes {"kind":…,"detail":…}. */
void error_json(struct text *to, const struct error *e);

#endif
