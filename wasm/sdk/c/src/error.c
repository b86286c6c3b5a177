#include "instance.h"

void error_set(struct error *e, tillwise_code code, const char *doing, const char *what)
{
	error_drop(e);
	e->code = code;
	text_put(&e->detail, doing);
	text_put(&e->detail, ": ");
	text_put(&e->detail, what);
}

void error_drop(struct error *e)
{
	text_drop(&e->detail);
	text_drop(&e->kind);
	e->code = TILLWISE_OK;
}
