package io.github.tillwise;

/**
 * What is wrong: {@link #kind()} for a program, {@link #detail()} for who reads the log.
 *
 * <p>It is unchecked: what throws it is a program that opens a wrong module or passes
 * wrong settings, which no caller can put right while it runs. Beside a card it is a
 * value, {@link Answer#error()}, and is not thrown at all.
 */
public final class TillwiseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String kind;
    private final String detail;

    TillwiseException(String kind, String detail, Throwable cause) {
        super(kind + ": " + detail, cause);
        this.kind = kind;
        this.detail = detail;
    }

    /** {@code bad_event}, {@code bad_policy}, {@code module_failed}, {@code deadline}, {@code wrong_module} and so on. */
    public String kind() {
        return kind;
    }

    /** In plain words, with what to do next where it is the program's fault. Never a value of the event. */
    public String detail() {
        return detail;
    }

    static TillwiseException of(String kind, String detail) {
        return new TillwiseException(kind, detail, null);
    }

    static TillwiseException wrongModule(String detail, Throwable cause) {
        return new TillwiseException("wrong_module", detail, cause);
    }

    static TillwiseException failed(String doing, String what) {
        return of("module_failed", doing + ": " + what);
    }

    /** Of the cause only the first line is kept: what follows is a trace of numbered functions. */
    static TillwiseException failed(String doing, Throwable cause) {
        return new TillwiseException("module_failed", doing + ": " + firstLine(cause), cause);
    }

    static String firstLine(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.split("\\R", 2)[0];
    }
}
