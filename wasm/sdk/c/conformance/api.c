#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

#include "text.h"

#include "api.h"

#define API_LOOK_UP(result, name, parameters)                                    \
	*(void **)&a->name = dlsym(a->library, "tillwise_" #name);               \
	if (!a->name)                                                            \
		return false;

bool api_load(struct api *a, const char *path)
{
	memset(a, 0, sizeof *a);
	a->library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	if (!a->library)
		return false;
	API(API_LOOK_UP)
	return true;
}

void api_unload(struct api *a)
{
	if (a->library)
		dlclose(a->library);
	memset(a, 0, sizeof *a);
}
