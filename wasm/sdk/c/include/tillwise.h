/*
 * libtillwise: what to show and say at the till for every answer of Flexiti's API.
 *
 *     tillwise_engine *engine;
 *     char *answer;
 *     tillwise_open(NULL, 0, &engine, NULL);
 *     tillwise_answer(engine, event, strlen(event), &answer);   // always a card
 *     ...
 *     tillwise_free(answer);
 *     tillwise_close(engine);
 *
 * An event is JSON, and so is its answer; the repository's wasm/README.md says what
 * is in them, member by member. Whoever has no JSON library reads an answer with
 * tillwise_get.
 *
 * What holds of every function here:
 *
 * - Text is UTF-8. What comes in with a length may hold any bytes; what comes in
 *   without one ends in a zero byte, and so does everything that goes out. Windows
 *   programs convert from and to their own text (Delphi: UTF8Encode, UTF8ToString).
 * - What goes out through a `char **`, or as a `char *` that is not const, is yours:
 *   give it back with tillwise_free, not with the free of your own C library. What
 *   goes in is copied, and may be freed as soon as the function returns.
 * - Nothing is thrown, nothing is printed, no signal handler is installed, no file
 *   and no network is touched. There is no state beside the handles. In C++ nothing
 *   here throws; in Delphi and C# declare the functions cdecl.
 * - Errors are codes. A code other than TILLWISE_OK tells that the module gave no
 *   answer; it never means that nothing happened to money. Act on the answer, which
 *   has the careful card then: it never says of money what nobody knows.
 * - Where the computer has no memory left, the code is TILLWISE_NO_MEMORY and what
 *   was asked for is NULL. It is the only case in which there is no card.
 *
 * There is no deadline. The module is translated to C, and running C cannot be
 * interrupted. An answer takes milliseconds, and the module inside was sealed and
 * tested; who wants to be sure asks from a thread of its own, and shows the card of
 * tillwise_safe when an answer has not come after two seconds.
 */
#ifndef TILLWISE_H
#define TILLWISE_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The module that runs, with settings and instances. It may be used by any number
 * of threads at once. */
typedef struct tillwise_engine tillwise_engine;

/* One sale, from its first event to its last. It may be used by several threads;
 * its events are answered one after the other. */
typedef struct tillwise_sale tillwise_sale;

/* Whether there is an answer, or why not. The numbers never change; there may be
 * more one day. Names for the log are given by tillwise_kind. */
typedef enum tillwise_code {
	TILLWISE_OK = 0, /* the module answered */

	/* The library's own. The card beside them is the safe one. */
	TILLWISE_MODULE_FAILED = 1, /* the module broke off or answered nonsense, or the engine is closed */
	TILLWISE_WRONG_MODULE = 2,  /* the module inside is not one that this library can run */
	TILLWISE_NO_MEMORY = 3,     /* the computer has no memory left */

	/* What the module refuses. The card beside them is the safe one. */
	TILLWISE_BAD_JSON = 10,           /* it is no JSON: see that all of it was written, as UTF-8 */
	TILLWISE_BAD_EVENT = 11,          /* a member of the event is wrong or missing: see the detail */
	TILLWISE_BAD_VERSION = 12,        /* "v" is not 1 */
	TILLWISE_BAD_FACTS = 13,          /* a member of "facts", or of what tillwise_decide takes, is wrong */
	TILLWISE_BAD_POLICY = 14,         /* the settings are wrong; all mistakes are in the detail */
	TILLWISE_TOO_LARGE = 15,          /* more than 262144 bytes or 16384 values */
	TILLWISE_TOO_DEEP = 16,           /* more than 32 levels: pass the body as text */
	TILLWISE_ACTION_NOT_OFFERED = 17, /* the sale's last card did not offer the action: show it again */
	TILLWISE_OTHER = 18               /* a kind of which this library does not know: see the answer's "error" */
} tillwise_code;

/*
 * Opens an engine.
 *
 * settings: the store's, {"policy":{...},"texts":{...}}, or NULL for the defaults.
 * instances: how many calls may run at once; 0 is one for each processor, at most
 *   4. Each takes some 10 MB of memory, from its first use on.
 * engine: always gets an engine, unless there is no memory for one (then NULL).
 *   One that could not be opened answers every event with the safe card and with
 *   this error beside it, so that a till need not ask how the opening went.
 * detail: gets what was wrong and what to do about it, or NULL. May be NULL.
 */
tillwise_code tillwise_open(const char *settings, int instances, tillwise_engine **engine, char **detail);

/*
 * Gives the answer to an event: {"v","prompt","decision","sale","record"} as JSON.
 * There is always a card. Where the module gave none it is the safe card, without
 * "record" and with "error":{"kind","detail"} at its end, and the code says why.
 *
 * A reply's body of more than 64 KiB is cut there, and more of it if the event is
 * too large even so.
 *
 * engine: NULL is an engine that is closed.
 */
tillwise_code tillwise_answer(tillwise_engine *engine, const char *event, size_t length, char **answer);

/*
 * Gives what the module says to an event, byte for byte, its refusals
 * {"error":{"kind","detail"}} included. Where the module says nothing, `answer` gets
 * such an error of the library's own. The event goes in as it is.
 */
tillwise_code tillwise_answer_json(tillwise_engine *engine, const char *event, size_t length, char **answer);

/*
 * Gives {"v","decision","sale"} for {"v","facts","sale","policy"}: the middle stage
 * alone, for who repeats recorded decisions. Errors are as for tillwise_answer_json.
 */
tillwise_code tillwise_decide(tillwise_engine *engine, const char *input, size_t length, char **answer);

/* Gives the module's account of itself: ABI, catalogue, languages, limits, and every
 * card. Errors are as for tillwise_answer_json. */
tillwise_code tillwise_describe(tillwise_engine *engine, char **answer);

/*
 * Gives the safe card of an event without an engine, as tillwise_answer does where
 * the module gives none, less "error".
 *
 * settings: as for tillwise_open; only the contacts in "texts" have a part in it.
 */
tillwise_code tillwise_safe(const char *event, size_t length, const char *settings, char **answer);

/*
 * Starts a sale, or takes one up again.
 *
 * state: NULL for a new sale, or what tillwise_sale_state gave. A state that is no
 *   JSON is taken as one of which nobody knows anything, not as a new sale.
 * engine: as for tillwise_answer. It may be closed before the sale, which gives safe
 *   cards from then on.
 */
tillwise_code tillwise_sale_open(tillwise_engine *engine, const char *state, tillwise_sale **sale);

/*
 * Gives the answer to the sale's next event, as tillwise_answer does. The event has
 * no "sale"; one that it has is left out of account. A sale that is NULL is one of a
 * closed engine, and remembers nothing.
 *
 * After TILLWISE_ACTION_NOT_OFFERED the sale is as before, and the answer is the
 * last one again, without "record" and with "error" at its end.
 */
tillwise_code tillwise_sale_answer(tillwise_sale *sale, const char *event, size_t length, char **answer);

/* Gives what to keep of the sale, as JSON: on the disk, before acting on an answer. */
char *tillwise_sale_state(tillwise_sale *sale);

/* Frees a sale. NULL is nothing to free. */
void tillwise_sale_close(tillwise_sale *sale);

/*
 * Gives one value out of an answer, or out of any JSON. A string comes without its
 * quotes and escapes, anything else as it is written. NULL: there is no such value,
 * or no memory.
 *
 *     tillwise_get(answer, "prompt.headline")
 *     tillwise_get(answer, "decision.actions.0.id")
 */
char *tillwise_get(const char *json, const char *path);

/* Frees what a function of this library gave. NULL is nothing to free. */
void tillwise_free(char *text);

/* Gives the name of a code as the module writes it, such as "bad_event"; "ok" for TILLWISE_OK. */
const char *tillwise_kind(tillwise_code code);

/* Gives the library's version, "0.1.0". */
const char *tillwise_version(void);

/* Gives the SHA-256 of the module that was translated into this library, in hexadecimal. */
const char *tillwise_module_sha256(void);

/*
 * Stops an engine: waits for the calls under way, and frees the instances. From then
 * on every answer is the safe card. It is for programs whose other threads may still
 * ask; a program without needs tillwise_close alone.
 */
void tillwise_stop(tillwise_engine *engine);

/* Stops an engine and frees it. No thread may use it any more; its sales may live
 * on. NULL is nothing to free. */
void tillwise_close(tillwise_engine *engine);

#ifdef __cplusplus
}
#endif

#endif
