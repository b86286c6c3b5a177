/* libtillwise as the adapter calls it: each module is a library of its own, and all
 * have the same names, so that they are looked up where one is opened. */
#ifndef API_H
#define API_H

#include "tillwise.h"

#define API(f)                                                                                      \
	f(tillwise_code, open, (const char *, int, tillwise_engine **, char **))                    \
	f(tillwise_code, answer, (tillwise_engine *, const char *, size_t, char **))                \
	f(tillwise_code, answer_json, (tillwise_engine *, const char *, size_t, char **))           \
	f(tillwise_code, decide, (tillwise_engine *, const char *, size_t, char **))                \
	f(tillwise_code, describe, (tillwise_engine *, char **))                                    \
	f(tillwise_code, safe, (const char *, size_t, const char *, char **))                       \
	f(tillwise_code, sale_open, (tillwise_engine *, const char *, tillwise_sale **))            \
	f(tillwise_code, sale_answer, (tillwise_sale *, const char *, size_t, char **))             \
	f(char *, sale_state, (tillwise_sale *))                                                    \
	f(void, sale_close, (tillwise_sale *))                                                      \
	f(void, free, (char *))                                                                     \
	f(const char *, kind, (tillwise_code))                                                      \
	f(const char *, version, (void))                                                            \
	f(const char *, module_sha256, (void))                                                      \
	f(void, stop, (tillwise_engine *))                                                          \
	f(void, close, (tillwise_engine *))

#define API_MEMBER(result, name, parameters) result(*name) parameters;
struct api {
	void *library;
	API(API_MEMBER)
};

/* Loads a library; false if there is none at that path. */
bool api_load(struct api *a, const char *path);
void api_unload(struct api *a);

/* Adds the SHA-256 of a file to a text, in hexadecimal; false if it cannot be read. */
bool sha256_of(const char *path, struct text *hex);

#endif
