package io.github.tillwise;

import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.ChicoryException;

/** One running copy of the module, used by one thread at a time. After any failure it is not to be trusted, even where it still answers. */
final class Running {
    private static final int ABI = 1;

    private final Instance instance;
    private int calls;

    /** Starts it and gives it its settings, null for the defaults. */
    Running(ModuleFile module, byte[] settings) {
        try {
            instance = module.instantiate();
        } catch (ChicoryException e) {
            throw TillwiseException.failed("starting the module", e);
        }
        run("_initialize");
        int abi = (int) run("tillwise_abi");
        if (abi != ABI) {
            throw TillwiseException.wrongModule("it has ABI " + abi + ", and this package speaks ABI " + ABI + ": use a module and a package that belong together", null);
        }
        if (settings == null) {
            return;
        }
        TillwiseException refused = call("tillwise_configure", settings).error();
        if (refused != null) {
            throw refused;
        }
    }

    /** How many calls it has served. */
    int calls() {
        return calls;
    }

    /** Writes the input, calls a function, and copies its answer out. An empty input is none. */
    Reply call(String function, byte[] input) {
        calls++;
        if (input.length > 0) {
            int at = (int) run("tillwise_buffer", input.length);
            if (at == 0 || !inside(at, input.length)) {
                throw TillwiseException.failed("tillwise_buffer", "it gave no place for the input");
            }
            instance.memory().write(at, input);
        }
        long packed = function.equals("tillwise_describe") ? run(function) : run(function, input.length);
        int from = (int) (packed >>> 32);
        int size = (int) packed;
        if (!inside(from, size)) {
            throw TillwiseException.failed(function, "the answer lies outside of the module's memory");
        }
        return new Reply(function, instance.memory().readBytes(from, size));
    }

    /** Both are unsigned, and the memory may have grown. */
    private boolean inside(int from, int size) {
        long end = Integer.toUnsignedLong(from) + Integer.toUnsignedLong(size);
        return end <= (long) instance.memory().pages() * Memory.PAGE_SIZE;
    }

    private long run(String name, long... parameters) {
        ExportFunction function = instance.export(name);
        try {
            long[] results = function.apply(parameters);
            return results == null || results.length == 0 ? 0 : results[0];
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw TillwiseException.failed(name, e);
        }
    }
}
