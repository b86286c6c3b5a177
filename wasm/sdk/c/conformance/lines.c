#include "lines.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define LANES 64

struct job {
	work *work;
	struct text line, out;
	int lane;
	bool taken, done;
	struct job *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static struct job *first, **last = &first; /* those that are not written yet, in order */
static struct { pthread_t thread; bool runs; } lanes[LANES];
static bool ending;

/* finished writes what can be written: all from the first on that is done. */
static void finished(struct job *j)
{
	pthread_mutex_lock(&lock);
	j->done = true;
	while (first && first->done) {
		struct job *f = first;
		fwrite(f->out.at, 1, f->out.size, stdout);
		putchar('\n');
		first = f->next;
		if (!first)
			last = &first;
		text_drop(&f->line);
		text_drop(&f->out);
		free(f);
	}
	fflush(stdout);
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

static void *lane(void *of)
{
	int number = (int)(size_t)of;
	for (;;) {
		pthread_mutex_lock(&lock);
		struct job *j;
		for (;;) {
			for (j = first; j && (j->taken || j->lane != number); j = j->next)
				;
			if (j || ending)
				break;
			pthread_cond_wait(&changed, &lock);
		}
		if (j)
			j->taken = true;
		pthread_mutex_unlock(&lock);
		if (!j)
			return NULL;
		j->work(text_span(&j->line), &j->out);
		finished(j);
	}
}

static struct job *added(work *w, struct span line, int lane)
{
	struct job *j = calloc(1, sizeof *j);
	if (!j)
		abort();
	j->work = w;
	j->lane = lane;
	text_add(&j->line, line);
	pthread_mutex_lock(&lock);
	*last = j;
	last = &j->next;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	return j;
}

static void drain(void)
{
	pthread_mutex_lock(&lock);
	while (first)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

void line_alone(work *w, struct span line)
{
	drain();
	struct job *j = added(w, line, -1);
	w(text_span(&j->line), &j->out);
	finished(j);
}

void line_in_lane(work *w, struct span line, int number)
{
	number = number < 0 ? 0 : number % LANES;
	if (!lanes[number].runs)
		lanes[number].runs = pthread_create(&lanes[number].thread, NULL, lane, (void *)(size_t)number) == 0;
	added(w, line, number);
}

void lines_end(void)
{
	drain();
	pthread_mutex_lock(&lock);
	ending = true;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
	for (int i = 0; i < LANES; i++)
		if (lanes[i].runs)
			pthread_join(lanes[i].thread, NULL);
}
