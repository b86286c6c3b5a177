/* An instance is one running copy of the module, used by one call at a time. After
 * any error its memory is not to be trusted, even where it still answers. */
#ifndef TILLWISE_INSTANCE_H
#define TILLWISE_INSTANCE_H

#include "text.h"
#include "tillwise.h"

struct instance;

enum face { FACE_CONFIGURE, FACE_ANSWER, FACE_DECIDE, FACE_DESCRIBE };

/* The error of a call: TILLWISE_OK is none. Its texts are freed by error_drop. */
struct error {
	tillwise_code code;
	struct text detail;
	struct text kind; /* as the module named it, where that is TILLWISE_OTHER */
};
void error_set(struct error *e, tillwise_code code, const char *doing, const char *what);
void error_drop(struct error *e);

/* Starts an instance and looks whether it speaks our ABI. NULL with an error. */
struct instance *instance_start(struct error *e);

/* Writes the input, calls one face, and copies its answer, which is JSON, into `answer`. */
void instance_call(struct instance *in, enum face face, struct span input, struct text *answer, struct error *e);

unsigned instance_calls(const struct instance *in); /* how many it has served */
void instance_free(struct instance *in);

/* The hash of the module that was translated. */
extern const char module_sha256[];

#endif
