package io.github.tillwise;

import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Lends instances of the module to calls, one call at a time for each. A call runs on a thread
 * of the pool's: only that one is interrupted when its time is up, and its stack is as large in
 * every program. The caller's own interruption is left to the caller.
 */
final class Pool {
    private static final int MAX_CALLS = 10_000; // after which an instance is replaced
    private static final long STACK = 4 << 20; // bytes; of what is not used the system gives none

    private final ThreadPoolExecutor threads; // as many as there may be instances
    private final Deque<Running> idle = new ConcurrentLinkedDeque<>();
    private final Duration deadline;
    private volatile ModuleFile module;
    private byte[] settings;

    Pool(int instances, Duration deadline) {
        this.deadline = deadline;
        threads = new ThreadPoolExecutor(instances, instances, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Pool::thread);
        threads.allowCoreThreadTimeOut(true); // an engine that nobody closed keeps none
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "tillwise", STACK);
        thread.setDaemon(true);
        return thread;
    }

    /** Loads the module and starts its first instance, for which there is ten times the time of a call. */
    void start(Callable<ModuleFile> load, byte[] settings) {
        this.settings = settings;
        within(deadline.multipliedBy(10), "starting the module", () -> {
            ModuleFile loaded = load.call();
            idle.addFirst(new Running(loaded, settings));
            module = loaded;
            return null;
        });
    }

    /** Lends an instance to a function. It comes back only after success, and only until it has served its calls. */
    <T> T use(Function<Running, T> function) {
        return within(deadline, "asking the module", () -> {
            Running lent = idle.pollFirst();
            Running instance = lent == null ? new Running(module, settings) : lent;
            T result = function.apply(instance);
            if (instance.calls() < MAX_CALLS) {
                idle.addFirst(instance);
            }
            if (threads.isShutdown()) {
                idle.clear(); // close() was before this one came back
            }
            return result;
        });
    }

    private <T> T within(Duration time, String doing, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw TillwiseException.failed(doing, "the engine is closed: open another");
        } catch (OutOfMemoryError e) { // the system has no more threads
            throw TillwiseException.failed(doing, e);
        }
        try {
            return uninterrupted(task, time);
        } catch (TimeoutException e) {
            task.cancel(true);
            threads.remove(task);
            throw TillwiseException.of("deadline", doing + " took too long");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw cause instanceof TillwiseException ? (TillwiseException) cause : TillwiseException.failed(doing, cause);
        }
    }

    /** A caller that is interrupted gets its answer, which takes milliseconds, and is as interrupted as before. */
    private static <T> T uninterrupted(FutureTask<T> task, Duration time) throws TimeoutException, ExecutionException {
        long end = System.nanoTime() + time.toNanos();
        boolean interrupted = false;
        try {
            for (;;) {
                try {
                    return task.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Calls under way come to their end; later ones fail. */
    void close() {
        threads.shutdown();
        idle.clear();
    }
}
