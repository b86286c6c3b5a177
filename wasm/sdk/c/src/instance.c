/* The only part that knows the translated module; it is compiled against its header. */
#include "instance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "module.h"
#include "runtime.h"

#define ABI 1

const char module_sha256[] = MODULE_SHA256;

struct instance {
	w2c_tillwise module;
	unsigned calls;
};

/* The exports have the types that the contract gives them, or this does not compile. */
static void (*const initialize)(w2c_tillwise *) = w2c_tillwise_0x5Finitialize;
static u32 (*const abi)(w2c_tillwise *) = w2c_tillwise_tillwise_abi;
static u32 (*const buffer)(w2c_tillwise *, u32) = w2c_tillwise_tillwise_buffer;
static u64 (*const configure)(w2c_tillwise *, u32) = w2c_tillwise_tillwise_configure;
static u64 (*const answer)(w2c_tillwise *, u32) = w2c_tillwise_tillwise_answer;
static u64 (*const decide)(w2c_tillwise *, u32) = w2c_tillwise_tillwise_decide;
static u64 (*const describe)(w2c_tillwise *) = w2c_tillwise_tillwise_describe;
static wasm_rt_memory_t *(*const memory)(w2c_tillwise *) = w2c_tillwise_memory;
/* What takes more than the instance here has imports, and nothing may be within the module's reach. */
static void (*const instantiate)(w2c_tillwise *) = wasm2c_tillwise_instantiate;

static const char *const names[] = {"tillwise_configure", "tillwise_answer", "tillwise_decide", "tillwise_describe"};

/* A call into the module: what goes in, and what comes out. */
struct call {
	w2c_tillwise *module;
	enum face face;
	u32 size;
	u32 at;
	u64 out;
};

static void start(void *p)
{
	struct call *c = p;
	instantiate(c->module);
	initialize(c->module);
	c->at = abi(c->module);
}

static void place(void *p)
{
	struct call *c = p;
	c->at = buffer(c->module, c->size);
}

static void ask(void *p)
{
	struct call *c = p;
	switch (c->face) {
	case FACE_CONFIGURE: c->out = configure(c->module, c->size); break;
	case FACE_ANSWER: c->out = answer(c->module, c->size); break;
	case FACE_DECIDE: c->out = decide(c->module, c->size); break;
	case FACE_DESCRIBE: c->out = describe(c->module); break;
	}
}

struct instance *instance_start(struct error *e)
{
	struct instance *in = calloc(1, sizeof *in);
	if (!in) {
		error_set(e, TILLWISE_NO_MEMORY, "starting the module", "there is no memory for it");
		return NULL;
	}
	struct call c = {.module = &in->module};
	const char *trap = run_trapping(start, &c);
	if (!trap && c.at == ABI)
		return in;
	if (trap) {
		error_set(e, TILLWISE_MODULE_FAILED, "starting the module", trap);
	} else {
		char what[120];
		snprintf(what, sizeof what, "it has ABI %u, and this library speaks ABI %d: build it with a module that belongs to it", (unsigned)c.at, ABI);
		error_set(e, TILLWISE_WRONG_MODULE, "starting the module", what);
	}
	instance_free(in);
	return NULL;
}

/* within tells whether a piece of the module's memory is all there. It is asked
 * anew each time, because a call may have made the memory larger. */
static bool within(struct instance *in, u32 at, size_t size)
{
	u64 have = memory(&in->module)->size;
	return at <= have && size <= have - at;
}

void instance_call(struct instance *in, enum face face, struct span input, struct text *to, struct error *e)
{
	struct call c = {.module = &in->module, .face = face, .size = (u32)input.size};
	const char *trap;
	in->calls++;
	if (input.size > 0) {
		if ((trap = run_trapping(place, &c))) {
			error_set(e, TILLWISE_MODULE_FAILED, "tillwise_buffer", trap);
			return;
		}
		if (c.at == 0 || !within(in, c.at, input.size)) {
			error_set(e, TILLWISE_MODULE_FAILED, "tillwise_buffer", "it gave no place for the input");
			return;
		}
		memcpy(memory(&in->module)->data + c.at, input.at, input.size);
	}
	if ((trap = run_trapping(ask, &c))) {
		error_set(e, TILLWISE_MODULE_FAILED, names[face], trap);
		return;
	}
	u32 at = (u32)(c.out >> 32), size = (u32)c.out;
	if (!within(in, at, size)) {
		error_set(e, TILLWISE_MODULE_FAILED, names[face], "the answer lies outside of the module's memory");
		return;
	}
	struct span view = {(const char *)memory(&in->module)->data + at, size};
	if (!json_valid(view) || !utf8_valid(view)) {
		error_set(e, TILLWISE_MODULE_FAILED, names[face], "the answer is no JSON");
		return;
	}
	text_add(to, view);
}

unsigned instance_calls(const struct instance *in) { return in->calls; }

void instance_free(struct instance *in)
{
	if (!in)
		return;
	wasm2c_tillwise_free(&in->module);
	free(in);
}
