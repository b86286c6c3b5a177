package io.github.tillwise;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.tillwise.compiled.TillwiseModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A module that has been checked as far as that goes without running it. */
final class ModuleFile {
    private static final int MAX_PAGES = 256; // of 64 KiB; half as much again as the module was seen to take

    /** What the contract promises. A module may have more. */
    private static final Map<String, FunctionType> FUNCTIONS = Map.of(
            "_initialize", FunctionType.empty(),
            "tillwise_abi", FunctionType.returning(ValType.I32),
            "tillwise_buffer", FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
            "tillwise_configure", FunctionType.of(List.of(ValType.I32), List.of(ValType.I64)),
            "tillwise_answer", FunctionType.of(List.of(ValType.I32), List.of(ValType.I64)),
            "tillwise_decide", FunctionType.of(List.of(ValType.I32), List.of(ValType.I64)),
            "tillwise_describe", FunctionType.returning(ValType.I64));

    private final WasmModule module;
    private final Function<Instance, Machine> machine;

    private ModuleFile(WasmModule module, Function<Instance, Machine> machine) {
        this.module = module;
        this.machine = machine;
        check();
    }

    /** The package's own: its hash was compared when it was compiled to Java's bytecode, for the package. */
    static ModuleFile own() {
        return new ModuleFile(TillwiseModule.load(), TillwiseModule::create);
    }

    /** Another one is interpreted, unless its hash says that it is the same. */
    static ModuleFile of(byte[] bytes, String sha256) {
        String have = sha256(bytes);
        if (!have.equalsIgnoreCase(sha256)) {
            throw TillwiseException.wrongModule("its SHA-256 is " + have + " and \"" + sha256 + "\" was expected: compare the file with the one that was meant", null);
        }
        if (have.equals(SafeCard.constant("module_sha256"))) {
            return own();
        }
        try {
            return new ModuleFile(Parser.parse(bytes), InterpreterMachine::new);
        } catch (TillwiseException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            throw TillwiseException.wrongModule("it cannot be loaded: " + TillwiseException.firstLine(e) + ": use a module of tillwise", e);
        }
    }

    static byte[] read(Path path) {
        try {
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw TillwiseException.wrongModule("it cannot be read: " + e + ": see that the file is where it is looked for", e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            StringBuilder hex = new StringBuilder();
            for (byte b : MessageDigest.getInstance("SHA-256").digest(bytes)) {
                hex.append(String.format(Locale.ROOT, "%02x", b));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    private void check() {
        int imports = module.importSection().importCount();
        if (imports > 0) {
            throw TillwiseException.wrongModule("it has " + imports + " imports, and nothing may be within its reach: use a sealed module", null);
        }
        if (!exports("memory", ExternalType.MEMORY, null)) {
            throw TillwiseException.wrongModule("it exports no memory: use a module of tillwise", null);
        }
        FUNCTIONS.forEach((name, type) -> {
            if (!exports(name, ExternalType.FUNCTION, type)) {
                throw TillwiseException.wrongModule("it does not export " + name + " as the contract has it: use a module of tillwise", null);
            }
        });
    }

    private boolean exports(String name, ExternalType kind, FunctionType type) {
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.name().equals(name)) {
                return export.exportType() == kind && (type == null || type.equals(module.functionSection().getFunctionType(export.index(), module.typeSection())));
            }
        }
        return false;
    }

    Instance instantiate() {
        return Instance.builder(module)
                .withImportValues(ImportValues.empty())
                .withMachineFactory(machine)
                .withMemoryFactory(ModuleFile::memory)
                .withStart(false)
                .build();
    }

    private static ByteArrayMemory memory(MemoryLimits wanted) {
        if (wanted.initialPages() > MAX_PAGES) {
            throw TillwiseException.wrongModule("it wants " + wanted.initialPages() + " pages of memory, and " + MAX_PAGES + " is the most: use a module of tillwise", null);
        }
        return new ByteArrayMemory(new MemoryLimits(wanted.initialPages(), Math.min(wanted.maximumPages(), MAX_PAGES)));
    }
}
