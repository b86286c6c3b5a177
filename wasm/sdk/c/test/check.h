/* What the tests share: a check that counts, and the cases of each file. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "text.h"

extern int passed, failed;

/* Counts a check, and tells of one that fails. */
#define CHECK(ok, ...)                                                  \
	do {                                                            \
		if (ok) {                                               \
			passed++;                                       \
		} else {                                                \
			failed++;                                       \
			fprintf(stderr, "%s:%d: ", __FILE__, __LINE__); \
			fprintf(stderr, __VA_ARGS__);                   \
			fputc('\n', stderr);                            \
		}                                                       \
	} while (0)

/* Checks a text, and gives it back to the library. NULL is a text, too: none. */
void check_text(const char *what, char *got, const char *want);
/* Checks one value of a JSON text. */
void check_at(const char *json, const char *path, const char *want);

void test_json(void);
void test_event(void);
void test_safe(void);
void test_engine(void);
void test_sale(void);

#endif
