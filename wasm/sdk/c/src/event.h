/* What goes to the module, and what stands in for its answer. */
#ifndef TILLWISE_EVENT_H
#define TILLWISE_EVENT_H

#include "text.h"

/* Writes an event so that the module can take it, whatever a reply brought: a body
 * may be long. What is no JSON object stays as it is. */
void event_prepare(struct span event, struct text *to);

/* Writes an event with a sale in place of its own. What is no JSON object becomes an
 * event of that sale alone, of which only the safe card can be made. */
void event_with_sale(struct span event, struct span sale, struct text *to);

/* Gives the operation that an event is about, as far as it can be seen without the
 * module: a row of the safe cards. */
struct safe_operation;
const struct safe_operation *operation_of(struct span event);

/* Writes the safe answer's members, without the brace that closes it. */
void safe_answer(struct span event, struct span settings, struct text *to);

#endif
