#include "runtime.h"

#include <fenv.h>

/* A call runs on one thread from its beginning to its end, and does not call out. */
static WASM_RT_THREAD_LOCAL jmp_buf *ending;
WASM_RT_THREAD_LOCAL uint32_t wasm_rt_call_stack_depth;

static const char *run(void (*f)(void *), void *arg)
{
	jmp_buf here;
	int trap = setjmp(here);
	if (trap) {
		ending = NULL;
		return wasm_rt_strerror((wasm_rt_trap_t)trap);
	}
	ending = &here;
	wasm_rt_call_stack_depth = 0;
	f(arg);
	ending = NULL;
	return NULL;
}

/* The module counts as WebAssembly does: dividing by zero is no error, and all is
 * rounded to the nearest. A program may have it otherwise (those of Delphi and Free
 * Pascal have exceptions on), and gets it back as it was. */
const char *run_trapping(void (*f)(void *), void *arg)
{
	fenv_t was;
	fegetenv(&was);
	fesetenv(FE_DFL_ENV);
	const char *trap = run(f, arg);
	fesetenv(&was);
	return trap;
}

void wasm_rt_trap(wasm_rt_trap_t trap) { longjmp(*ending, (int)trap); }

const char *wasm_rt_strerror(wasm_rt_trap_t trap)
{
	switch (trap) {
	case WASM_RT_TRAP_OOB: return "it reached outside of its memory";
	case WASM_RT_TRAP_INT_OVERFLOW: return "a number became too large";
	case WASM_RT_TRAP_DIV_BY_ZERO: return "it divided by zero";
	case WASM_RT_TRAP_INVALID_CONVERSION: return "it made an integer of what is no number";
	case WASM_RT_TRAP_UNREACHABLE: return "it gave up (unreachable)";
	case WASM_RT_TRAP_CALL_INDIRECT: return "it called what is no function";
	case WASM_RT_TRAP_EXHAUSTION: return "it used up its stack or its memory";
	default: return "it broke off";
	}
}

/* All the memory that an instance may have is asked for at once: it then never moves,
 * and systems give real memory only for what is touched. */
void wasm_rt_allocate_memory(wasm_rt_memory_t *m, uint64_t pages, uint64_t max, bool is64, uint32_t page_size)
{
	if (pages > MAX_PAGES || page_size != WASM_DEFAULT_PAGE_SIZE || !(m->data = calloc(MAX_PAGES, WASM_DEFAULT_PAGE_SIZE)))
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	m->data_end = m->data + (size_t)MAX_PAGES * WASM_DEFAULT_PAGE_SIZE;
	m->page_size = page_size;
	m->pages = pages;
	m->max_pages = max < MAX_PAGES ? max : MAX_PAGES;
	m->size = pages * WASM_DEFAULT_PAGE_SIZE;
	m->is64 = is64;
}

uint64_t wasm_rt_grow_memory(wasm_rt_memory_t *m, uint64_t more)
{
	uint64_t before = m->pages;
	if (more > m->max_pages - before)
		return (uint64_t)-1;
	m->pages += more;
	m->size = m->pages * WASM_DEFAULT_PAGE_SIZE;
	return before;
}

void wasm_rt_free_memory(wasm_rt_memory_t *m) { free(m->data); }

void wasm_rt_allocate_funcref_table(wasm_rt_funcref_table_t *t, uint32_t elements, uint32_t max)
{
	if (elements > 0 && !(t->data = calloc(elements, sizeof *t->data)))
		wasm_rt_trap(WASM_RT_TRAP_EXHAUSTION);
	t->size = elements;
	t->max_size = max;
}

void wasm_rt_free_funcref_table(wasm_rt_funcref_table_t *t) { free(t->data); }

/* Our table does not grow. */
uint32_t wasm_rt_grow_funcref_table(wasm_rt_funcref_table_t *t, uint32_t more, wasm_rt_funcref_t with)
{
	(void)with;
	return more == 0 ? t->size : (uint32_t)-1;
}
