/* Lines in, lines out: the ones of a lane in turn, those of different lanes at the
 * same time, and the answers in the order of the lines. */
#ifndef LINES_H
#define LINES_H

#include "text.h"

/* Writes what a line is answered with. */
typedef void work(struct span line, struct text *out);

void line_alone(work *w, struct span line);              /* when all before it are done, and before any after it */
void line_in_lane(work *w, struct span line, int lane);
void lines_end(void); /* waits for all of them */

#endif
